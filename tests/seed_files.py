"""Files as any feed's vendor may write them: the headers, or paths, that it reads, with made-up cells."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vendor_files import quoted

from orchestration.landing.mapping.column import Listed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.paths import Step, read_path

Cell = Callable[[int, str], str]  # of a row and a header, or path
AGAIN = re.compile(r"(.*)__\d+")


def seed(feed: Feed, rows: int, cell: Cell, *, encoding: str = "") -> bytes:
    """A file of so many rows, in the feed's own encoding unless another is named."""
    encoding = encoding or feed.encodings[-1]
    if feed.format == "csv":
        names = headers(feed)
        return table(feed, names, [[cell(row, name) for name in names] for row in range(rows)], encoding)
    documents = [document(feed, row, cell) for row in range(rows)]
    lists = feed.rows.split(".") if feed.rows else []
    if feed.format == "json":
        return f"{_text({lists[0]: documents} if lists else documents)}\n".encode(encoding)
    lines = ({lists[0]: [one]} if lists else one for one in documents)
    return "".join(f"{_text(line)}\n" for line in lines).encode(encoding)


def table(feed: Feed, names: Sequence[str], rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    """A CSV with these headers; the second of a name is called as the feed calls it, and written without."""
    first = [AGAIN.sub(r"\1", name) for name in names]
    if feed.quoting == "none":
        return "".join(feed.delimiter.join(row) + "\r\n" for row in [first, *rows]).encode(encoding)
    return quoted(
        [first, *rows], encoding=encoding, line_end="\n", quoting=csv.QUOTE_MINIMAL, delimiter=feed.delimiter
    )


def headers(feed: Feed) -> list[str]:
    """All headers that the feed can read at once: of two names for one column the first."""
    found: dict[str, None] = {}
    for column in feed.columns.values():
        ways = column.ways if column.looks_on else column.ways[:1]
        for part in (str(part) for way in (*ways, *column.along) for part in way.parts):
            if again := AGAIN.fullmatch(part):
                found[again[1]] = None
            found[part] = None
    return sorted(found, key=lambda name: bool(AGAIN.fullmatch(name)))


def document(feed: Feed, number: int, cell: Cell) -> dict[str, Any]:
    """One row as the object that it unfolds from, in lists of one."""
    row: dict[str, Any] = {}
    for path in dict.fromkeys(_paths(feed)):
        _plant(row, read_path(path), cell(number, path))
    return _folded(row, feed.rows.split(".")[1:] if feed.rows else [])


def _paths(feed: Feed) -> Iterator[str]:
    for column in feed.columns.values():
        for part in column.parts():
            if isinstance(part, Listed):
                chosen = ",".join("=".join(pair) for pair in part.where)
                yield from (f"{part.path}[{chosen or 0}].{path}" for _, path in part.each)
            else:
                yield part


def _plant(row: dict[str, Any], path: tuple[Step, ...], value: str) -> None:
    at: Any = row
    for number, step in enumerate(path):
        is_last = number == len(path) - 1
        if step.chooses and step.key:
            listed = at.setdefault(step.key, [])
            if not isinstance(listed, list):
                return
            at = _chosen(listed, step)
        elif step.key:
            at = at.setdefault(step.key, value if is_last else {})
        for has, wanted in step.fits if not step.key else ():
            at.setdefault(has, wanted or "x")
        if not isinstance(at, dict):
            return


def _chosen(listed: list[dict[str, Any]], step: Step) -> dict[str, Any]:
    wanted = {has: value or "x" for has, value in step.fits}
    fitting = [one for one in listed if all(one.get(key) == value for key, value in wanted.items())]
    while len(fitting) <= step.skip:
        listed.append(one := dict(wanted))
        fitting.append(one)
    return fitting[step.skip]


def _folded(row: dict[str, Any], lists: list[str]) -> dict[str, Any]:
    return row | {lists[0]: [_folded(row.get(lists[0], {}), lists[1:])]} if lists else row


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
