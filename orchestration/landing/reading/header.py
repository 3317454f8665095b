"""Header names become places of columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestration.landing.mapping.column import Column, Way
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where the cells of a row belong.

    Attributes:
        width: cells that every row must have.
        at: header name to position.
        ways: canonical name to the ways that are there, in order.
        unmapped: header names that the feed does not read.
    """

    width: int
    at: Mapping[str, int]
    ways: Mapping[str, tuple[Way, ...]]
    unmapped: tuple[str, ...]


def places(header: Sequence[str], feed: Feed) -> Places | Fault:
    """Match columns by name, never by position.

    Returns:
        a Fault where a required column is missing. It names no header that the feed does not know: a file
        without a header would show its first row there.
    """
    where = located(header, feed)
    if missing := [label(feed, name) for name in feed.required if not where.ways[name]]:
        known = sum(map(bool, where.ways.values()))
        return missing_columns(
            f"{known} known columns among {where.width}, without {', '.join(missing)}", feed
        )
    return where


def located(header: Sequence[str], feed: Feed) -> Places:
    """Find what is there of a feed's columns."""
    at = {name: number for number, name in enumerate(numbered(header))}
    ways = {name: _ways(column, at) for name, column in feed.columns.items()}
    read = {part for found in ways.values() for way in found for part in way.parts}
    unmapped = tuple(name for name in at if name not in read)
    return Places(width=len(at), at=at, ways=ways, unmapped=unmapped)


def numbered(header: Sequence[str]) -> list[str]:
    """Header names without blanks around them; the second `Tax` is called `Tax__2`."""
    seen: Counter[str] = Counter()
    names: dict[str, None] = {}
    for cell in header:
        name = new = cell.strip().lstrip("\ufeff").strip()
        while new in names:
            seen[name] += 1
            new = f"{name}__{seen[name] + 1}"
        names[new] = None
    return list(names)


def label(feed: Feed, name: str) -> str:
    """What a person calls a column: the first header, or first part, that may hold it."""
    return str(feed.columns[name].ways[0].parts[0])


def missing_columns(found: str, feed: Feed) -> Fault:
    """Explain that a file is not this feed's."""
    return Fault(
        found=found,
        expected=f"a header row with at least {', '.join(label(feed, name) for name in feed.required)}",
        remedy="Choose these columns in the shop's export settings, or add its headers to the feed's YAML.",
    )


def _ways(column: Column, at: Mapping[str, int]) -> tuple[Way, ...]:
    if not all(way.parts[0] in at for way in column.along):
        return ()
    there = [
        Way(parts=tuple(part for part in way.parts if part in at), by=way.by)
        for way in column.ways
        if way.parts[0] in at
    ]
    return tuple(there if column.looks_on else there[:1])
