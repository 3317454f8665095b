"""One feed's entrance, as the feed describes it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How many rows of a file may be quarantined, by landing and door together.

    Attributes:
        percent: of its rows.
        rows: their number.
        refuses: whether a file with more than either says is refused; else only one of which nothing is left
            and that has more than `rows`.
    """

    percent: float
    rows: int
    refuses: bool


@dataclass(frozen=True, kw_only=True)
class Door:
    """What the entrance must know of a feed.

    Attributes:
        feed: its name; its folders and its YAML are called so.
        section: the feed's `door:`, as written.
        zone: where the clock of times without an offset hangs (Asia/Tokyo).
        group: rows of a file with the same value here are let in together or not at all (`order_id`);
            None where each row stands for itself.
        limit: how many rows may be quarantined.
    """

    feed: str
    section: Mapping[str, object]
    zone: str
    group: str | None
    limit: Limit
