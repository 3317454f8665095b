"""Which feed is a file? The one whose columns fit its header best; where two fit alike, its name tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from orchestration.landing.mapping.feed import Feed, unpacked_name
from orchestration.landing.reading.csv_rows import dialects
from orchestration.landing.reading.header import located
from orchestration.landing.reading.json_columns import JsonColumns
from orchestration.landing.reading.json_text import JsonError
from orchestration.landing.reading.unfold import unfold
from orchestration.landing.trying.look import LINES_READ, Look

LEAST_FIT = 0.1  # of a file that has what its feed requires
LEAST_KNOWN = 0.3  # of the headers of a file that lacks something required, but less than half of that


@dataclass(frozen=True, kw_only=True)
class Match:
    """How far a file fits a feed.

    Attributes:
        feed: the feed.
        delimiter: with which it fits; nothing for JSON.
        found: canonical name to the headers or paths that are read for it.
        missing: columns that are not there.
        unmapped: headers that the feed does not read.
    """

    feed: Feed
    delimiter: str
    found: dict[str, str]
    missing: tuple[str, ...]
    unmapped: tuple[str, ...]

    @property
    def missing_required(self) -> tuple[str, ...]:
        """Those without which the file is refused."""
        return tuple(name for name in self.missing if name in self.feed.required)

    @property
    def is_likely(self) -> bool:
        """Whether the file may be meant for the feed."""
        if not self.missing_required:
            return self.fit >= LEAST_FIT
        return self.known >= LEAST_KNOWN and 2 * len(self.missing_required) < len(self.feed.required)

    @property
    def known(self) -> float:
        """Headers that the feed reads, as a share of the file's."""
        return len(self.found) / max(1, len(self.found) + len(self.unmapped))

    @property
    def fit(self) -> float:
        """Columns found, as a share of all that the file and the feed speak of."""
        return len(self.found) / max(1, len(self.found) + len(self.missing) + len(self.unmapped))


def best_match(look: Look, name: str, feeds: Sequence[Feed]) -> Match | None:
    """Find the feed of a file; None if it looks like none of them."""
    matches = [match for feed in feeds if (match := _match(look, feed)) and match.is_likely]
    return max(matches, key=lambda match: _merit(match, name), default=None)


def _merit(match: Match, name: str) -> tuple[bool, float, int, str]:
    is_whole = not match.missing_required
    return (
        is_whole,
        round(match.fit if is_whole else match.known, 2),
        _named(match.feed, name),
        match.feed.name,
    )


def _named(feed: Feed, name: str) -> int:
    if feed.file_name.fullmatch(unpacked_name(name)):
        return len(name)
    words = {*re.findall(r"[a-z]{3,}", f"{feed.name} {feed.file_name.pattern}".lower())} - {"exported"}
    return sum(word in name.lower() for word in words)


def _match(look: Look, feed: Feed) -> Match | None:
    if look.format != "csv":
        return _json_match(look, feed) if look.format in (feed.format, "json") else None
    if feed.format != "csv":
        return None
    matches = [_csv_match(look.header(*dialect), feed, dialect[0]) for dialect in dialects(feed)]
    return max(matches, key=lambda match: (not match.missing_required, match.fit))


def _csv_match(header: list[str], feed: Feed, delimiter: str) -> Match:
    where = located(header, feed)
    found = {
        name: " + ".join(str(part) for way in ways for part in way.parts)
        for name, ways in where.ways.items()
        if ways
    }
    missing = tuple(name for name in feed.columns if name not in found)
    return Match(feed=feed, delimiter=delimiter, found=found, missing=missing, unmapped=where.unmapped)


def _json_match(look: Look, feed: Feed) -> Match | None:
    if feed.format == "csv" or not (rows := _rows(look, feed)):
        return None
    columns = JsonColumns(feed)
    columns.made(rows)
    missing = tuple(columns.unseen())
    found = {
        name: " + ".join(map(str, column.parts()))
        for name, column in feed.columns.items()
        if name not in missing
    }
    unmapped = tuple({key: None for row in rows for key in columns.rest(row)})
    return Match(feed=feed, delimiter="", found=found, missing=missing, unmapped=unmapped)


def _rows(look: Look, feed: Feed) -> list[dict[str, Any]]:
    lists = tuple(feed.rows.split(".")) if feed.rows else ()
    try:
        rows = [row for document in look.documents for row in islice(unfold(document, lists), LINES_READ)]
    except JsonError:
        return []
    return [row for row in rows if isinstance(row, dict)]
