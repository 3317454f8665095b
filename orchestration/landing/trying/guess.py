"""What the headers of a file mean, by what they mean to the feeds that there are."""

from collections import Counter
from collections.abc import Iterator, Sequence

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds

Votes = dict[str, Counter[tuple[str, str]]]  # kind to column and header


def guess(headers: Sequence[str], feeds: Sequence[Feed]) -> tuple[str, dict[str, str]]:
    """Say a file's kind, and canonical name to header; no header is guessed for two columns."""
    votes: Votes = {kind: Counter() for kind in kinds()}
    for feed in feeds:
        for name, header in _aliases(feed):
            if header in headers and name in kinds()[feed.kind]:
                votes[feed.kind][name, header] += 1
    found = {kind: _chosen(counted, [*kinds()[kind]]) for kind, counted in votes.items()}
    kind = max(found, key=lambda one: len(found[one]))
    return kind, found[kind]


def _chosen(votes: Counter[tuple[str, str]], names: list[str]) -> dict[str, str]:
    """The pairs with most votes first, then in the order of the kind's columns."""
    chosen: dict[str, str] = {}
    for name, header in sorted(votes, key=lambda pair: (-votes[pair], names.index(pair[0]), pair[1])):
        if name not in chosen and header not in chosen.values():
            chosen[name] = header
    return {name: chosen[name] for name in names if name in chosen}


def _aliases(feed: Feed) -> Iterator[tuple[str, str]]:
    """Headers whose whole cells are a column's; with `matching` they are only a part of what stands there."""
    for name, column in feed.columns.items():
        if not column.matching:
            yield from ((name, str(way.parts[0])) for way in column.ways if len(way.parts) == 1)
