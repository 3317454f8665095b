"""Header names become places of columns."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.landing.feed import Feed
from orchestration.landing.results import Fault


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where the cells of a row belong.

    Attributes:
        width: cells that every row must have.
        columns: canonical name to position.
        unmapped: header name to position, for what the feed does not know.
    """

    width: int
    columns: Mapping[str, int]
    unmapped: Mapping[str, int]


def places(header: list[str], feed: Feed) -> Places | Fault:
    """Match columns by name, never by position.

    Returns:
        a Fault where a required column is missing or two headers mean one column. It names no header that the
        feed does not know: a file without a header would show its first row there.
    """
    meaning = {alias: name for name, names in feed.columns.items() for alias in names}
    numbered = dict(zip(_numbered(header), range(len(header)), strict=True))
    meant = [(meaning[name], at) for name, at in numbered.items() if name in meaning]
    columns = dict(meant)
    missing = [feed.columns[name][0] for name in feed.required if name not in columns]
    if missing:
        known = f"{len(columns)} known columns among {len(header)}, without {', '.join(missing)}"
        return _fault(known, feed)
    if len(columns) < len(meant):
        twice = sorted(name for name, count in Counter(name for name, _ in meant).items() if count > 1)
        return _fault(f"two headers for {', '.join(twice)}", feed)
    unmapped = {name: at for name, at in numbered.items() if name not in meaning}
    return Places(width=len(header), columns=columns, unmapped=unmapped)


def _numbered(header: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for cell in header:
        name = cell.strip()
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}__{seen[name]}")
    return names


def _fault(found: str, feed: Feed) -> Fault:
    return Fault(
        found=found,
        expected=f"a header row with at least {', '.join(feed.columns[name][0] for name in feed.required)}",
        remedy="Choose these columns in the shop's export settings, or add its headers to the feed's YAML.",
    )
