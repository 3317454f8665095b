"""The day's candidates file, read only when it is whole, of that day, and built well."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mail_jobs.model import Candidate, MailError, Purpose, Sender

TEXT = pa.string()
CONTRACT = pa.schema({
    "message_name": TEXT, "scenario": TEXT, "step": TEXT, "template": TEXT, "purpose": TEXT, "brand_id": TEXT,
    "customer_id": TEXT, "customer_aliases": pa.list_(TEXT), "occurrence": TEXT, "priority": pa.int32(),
    "due_on": pa.date32(), "expires_on": pa.date32(), "rest_days": pa.int32(), "cap_7_days": pa.int32(),
    "cap_30_days": pa.int32(), "holdout_percent": pa.int32(), "salt": TEXT, "is_once": pa.bool_(),
    "mail": TEXT, "family_name": TEXT, "given_name": TEXT, "sender_mail": TEXT, "sender_name": TEXT,
    "sender_address": TEXT, "refusal_url": TEXT,
})  # fmt: skip
MAY_BE_NULL = frozenset({"family_name", "given_name"})


class CandidatesError(MailError):
    """The day's candidates may not be used."""


def read_candidates(home: Path, as_of: date) -> tuple[str, tuple[Candidate, ...]]:
    """Read `candidates/<as_of>.parquet`: the version of the marts that it was built with, and its rows.

    Raises:
        CandidatesError: unless the file is there, is of this day, comes from a build that passed its tests
            and keeps its contract: the columns, no NULL where none may be, one row a message, each due.
    """
    path = home / "candidates" / f"{as_of.isoformat()}.parquet"
    if not path.is_file():
        raise CandidatesError(f"candidates/{path.name}: not there. Build and publish {as_of} first.")
    with pq.ParquetFile(path) as file:
        table = file.read()
    footer = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
    _check_footer(footer, as_of)
    _check_columns(table.schema, as_of)
    _check_rows(table, as_of)
    found = tuple(_candidate(row) for row in table.to_pylist())
    _check_names(found)
    return footer.get("joren.marts_version", ""), found


def _check_footer(footer: Mapping[str, str], as_of: date) -> None:
    for key, expected in {"joren.as_of": as_of.isoformat(), "joren.build_passed": "true"}.items():
        if footer.get(key) != expected:
            raise CandidatesError(
                f"candidates of {as_of}: {key} is {footer.get(key)!r}, expected {expected!r}. Build again."
            )


def _check_columns(columns: pa.Schema, as_of: date) -> None:
    if {f.name: f.type for f in columns} != {f.name: f.type for f in CONTRACT}:
        odd = sorted(set(columns.names) ^ set(CONTRACT.names)) or "their types"
        raise CandidatesError(f"candidates of {as_of}: columns break the contract ({odd}). Build again.")


def _check_rows(table: pa.Table, as_of: date) -> None:
    day = pa.scalar(as_of, pa.date32())
    due = pc.and_(pc.less_equal(table["due_on"], day), pc.greater(table["expires_on"], day))
    faults = {
        f"NULL in {name}": table[name].null_count for name in CONTRACT.names if name not in MAY_BE_NULL
    } | {
        "not due": table.num_rows - (pc.sum(due).as_py() or 0),
        "said twice": table.num_rows - pc.count_distinct(table["message_name"]).as_py(),
    }
    if found := {fault: rows for fault, rows in faults.items() if rows}:
        raise CandidatesError(f"candidates of {as_of}: rows break the contract ({found}). Build again.")


def _check_names(candidates: tuple[Candidate, ...]) -> None:
    wrong = sum(c.message_name != _name(c.scenario, c.step, c.occurrence) for c in candidates)
    if wrong:
        raise CandidatesError(
            f"{wrong} messages are not named for what they say. Build the candidates again."
        )


def _name(scenario: str, step: str, occurrence: str) -> str:
    return sha256(f"{scenario}|{step}|{occurrence}".encode()).hexdigest()


def _candidate(row: dict[str, Any]) -> Candidate:
    sender = Sender(**{part: row.pop(f"sender_{part}") for part in ("mail", "name", "address")})
    row["purpose"] = Purpose(row["purpose"])
    row["customer_aliases"] = tuple(row["customer_aliases"])
    row |= {name: (row[name] or "").strip() for name in MAY_BE_NULL}
    return Candidate(sender=sender, **row)
