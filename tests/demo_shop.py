"""The demo shop's files, read back as strictly as their vendors write them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from orchestration.demo.buying.histories import Source
from orchestration.demo.people.dirt import Level
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.nights import write_night
from orchestration.demo.writing.plan import BARE, Plan

FIRST_NIGHT = date(2026, 11, 21)
DAY = timedelta(days=1)
ALL = frozenset(Channel)

FIELD = re.compile(r'"((?:[^"]|""|"(?![,\n"]))*)"(?=[,\n])|([^,\n]*)')

Row = dict[str, str]


def simulated(
    *,
    customers: int = 400,
    seed: int = 7,
    channels: frozenset[Channel] = ALL,
    dirt: Level = Level.USUAL,
) -> Plan:
    """A small shop of a stated process."""
    return Plan(
        source=Source.SIMULATED, channels=channels, customers=customers, days=540, seed=seed, dirt=dirt
    )


def cdnow(*, customers: int | None, channels: frozenset[Channel]) -> Plan:
    """CDNOW's customers in these shops."""
    return replace(BARE, channels=channels, customers=customers)


def night(home: Path, plan: Plan, until: date) -> dict[str, list[Written]]:
    """One night of a shop that lives on; its files by feed."""
    files = dict[str, list[Written]]()
    for file in write_night(home=home, plan=plan, until=until, since=None, grows=True):
        files.setdefault(file.feed, []).append(file)
    return files


def text(file: Written, encoding: str) -> str:
    """Decoded without mercy."""
    return file.path.read_bytes().decode(encoding, errors="strict")


def records(text: str) -> Iterator[list[str]]:
    """Read what fputcsv wrote: a quote closes a field only before a comma or a line end."""
    at, record = 0, list[str]()
    while at < len(text):
        found = FIELD.match(text, at)
        assert found
        quoted, plain = found.groups()
        record.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end() + 1
        if text[at - 1] == "\n":
            yield record
            record = []


def table(content: str, *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> list[Row]:
    """Records under their header; every record has exactly the header's columns."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    header, *records = reader
    assert len(set(header)) == len(header)
    return [dict(zip(header, record, strict=True)) for record in records]


def inbox(home: Path) -> dict[str, bytes]:
    """Every byte in the inbox."""
    paths = sorted(path for path in (home / "inbox").rglob("*") if path.is_file())
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}
