"""A file is tried: which feed it is, and what would become of its rows; nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.parse import A_TIME, open_file
from orchestration.landing.reading.parts import Tally
from orchestration.landing.results import Fault
from orchestration.landing.trying.look import Look, look_at
from orchestration.landing.trying.match import Match, best_match


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a file is.

    Attributes:
        name: of the file.
        look: at it; a Fault if it is no text.
        match: the feed that fits it best; None if none does.
        outcome: how its rows would be read; a Fault if it would be refused, None without a feed.
        advice: what else a person must do before it can land.
    """

    name: str
    look: Look | Fault
    match: Match | None
    outcome: "Counted | Fault | None"
    advice: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How a file's rows would be read, and what there is to warn of."""

    tally: Tally
    warnings: tuple[str, ...]


def try_file(path: Path, feeds: Sequence[Feed]) -> Trial:
    """Try a file, whatever it is."""
    look = look_at(path)
    match = None if isinstance(look, Fault) else best_match(look, path.name, feeds)
    return Trial(
        name=path.name,
        look=look,
        match=match,
        outcome=_outcome(path, match.feed) if match else None,
        advice=tuple(_advice(path.name, look, match)) if match and not isinstance(look, Fault) else (),
    )


def _outcome(path: Path, feed: Feed) -> Counted | Fault:
    opened = open_file(path, feed)
    if isinstance(opened, Fault):
        return opened
    tally = Tally()
    for part in opened.parts:
        if isinstance(part, Fault):
            return part
        tally.add(part)
    return Counted(tally=tally, warnings=opened.warnings)


def _advice(name: str, look: Look, match: Match) -> Iterator[str]:
    feed = match.feed
    if not feed.exported_at(name):
        yield (
            f"its name does not tell when it was exported ({feed.names_told}): name it so, or write "
            f"the time into a marker {name}.done, such as {A_TIME}"
        )
    if look.text.encoding not in feed.encodings:
        yield f"the feed reads {' or '.join(feed.encodings)} only: add {look.text.encoding} to its encodings"
    if match.delimiter != feed.delimiter:
        yield f"written with {match.delimiter!r} between the cells, not the vendor's {feed.delimiter!r}"
