"""Candidates for tests: whole days of them, in memory and as the file that the build publishes."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mail_jobs.candidates import CONTRACT
from mail_jobs.model import Candidate, Purpose, Sender
from mail_jobs.send import Limits

DAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 3, 0, tzinfo=UTC)
LIMITS = Limits(messages=10_000, chunk=500, troubles=3, tries=5, waiting_seconds=3600)
SENDER = Sender(mail="shop@example.com", name="常連商店 <本店>", address="東京都千代田区一番町1-1")


def candidate(person: int, step: str = "1", **changes: Any) -> Candidate:  # noqa: ANN401  # any field
    """Candidate for the n-th person's second purchase."""
    scenario = changes.get("scenario", "second_purchase")
    occurrence = changes.pop("occurrence", f"eccube:order:{person}:2026-05-01")
    plain: dict[str, Any] = {
        "message_name": sha256(f"{scenario}|{step}|{occurrence}".encode()).hexdigest(),
        "scenario": scenario,
        "step": step,
        "template": f"second_purchase/{step}",
        "purpose": Purpose.ADVERTISING,
        "brand_id": "main",
        "customer_id": f"c{person}",
        "customer_aliases": (f"c{person}",),
        "occurrence": occurrence,
        "priority": 1,
        "due_on": DAY,
        "expires_on": DAY + timedelta(days=3),
        "rest_days": 3,
        "cap_7_days": 2,
        "cap_30_days": 6,
        "holdout_percent": 10,
        "salt": "2026",
        "is_once": True,
        "mail": f"person{person}@example.com",
        "family_name": "山田",
        "given_name": f"花子{person}",
        "sender": SENDER,
        "refusal_url": f"https://shop.example.com/refuse?m={person}&k=1",
    }
    return Candidate(**(plain | changes))


def people(number: int, **changes: Any) -> list[Candidate]:  # noqa: ANN401  # any field
    """One candidate each of the first persons."""
    return [candidate(person, **changes) for person in range(number)]


def as_table(candidates: Iterable[Candidate]) -> pa.Table:
    """The build's table of candidates."""
    rows = []
    for said in candidates:
        row = asdict(said)
        row |= {f"sender_{part}": value for part, value in row.pop("sender").items()}
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=CONTRACT)


def write_table(home: Path, table: pa.Table, day: date = DAY, **footer: str) -> Path:
    """Write a table as the day's file, with the footer of a good build."""
    good = {"joren.as_of": day.isoformat(), "joren.build_passed": "true", "joren.marts_version": "7"}
    path = home / "candidates" / f"{day.isoformat()}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    renamed = {f"joren.{key}": text for key, text in footer.items()}
    pq.write_table(table.replace_schema_metadata(good | renamed), path)
    return path


def publish(home: Path, candidates: Iterable[Candidate], as_of: date = DAY) -> None:
    """Publish a day's candidates."""
    write_table(home, as_table(candidates), as_of)
