"""What is held of one person, room by room, as one document (開示請求への回答)."""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from mail_jobs.disclosing import said_to
from orchestration.landing.erasing.traces import Traces
from orchestration.privacy.disclosed_rows import Row, rows_of
from orchestration.privacy.disclosed_tables import tables_of
from orchestration.privacy.whom import Person

LABELS = Path(__file__).with_name("labels.yaml")
FILES = {
    "landed": ("raw/*/[0-9a-f]*.parquet", "raw/*/.pending/[0-9a-f]*.parquet"),
    "quarantined": ("quarantine/*/*.parquet", "quarantine/*/files/*.parquet"),
    "candidates": ("candidates/*.parquet",),
}
UNREAD = ("inbox/*/*", "landing/*/*")
Document = dict[str, Any]


def disclose(*, home: Path, person: Person, now: datetime) -> Document:
    """Gather all that is held of somebody; it is read only.

    Args:
        home: folder of everything Joren keeps.
        person: who, with all that he is known by.
        now: aware; when he is answered.
    """
    files = {
        room: [row for pattern in patterns for row in rows_of(home, pattern, person)]
        for room, patterns in FILES.items()
    }
    days = {path.stem: tables_of(path, person) for path in sorted((home / "asof").glob("*.duckdb"))}
    rooms: dict[str, Any] = {
        "landed": _by_file(files["landed"]),
        "quarantined": _by_file(files["quarantined"]),
        "unread": _unread(home, person, files),
        "warehouse": tables_of(home / "warehouse.duckdb", person),
        "past_days": {day: {name: len(rows) for name, rows in held.items()} for day, held in days.items()},
        "candidates": files["candidates"],
        "mail": said_to(home=home, mails=person.mails, customer_ids=person.customer_ids),
    }
    return _document(rooms, person, now)


def _document(rooms: dict[str, Any], person: Person, now: datetime) -> Document:
    said = yaml.safe_load(LABELS.read_text("utf-8"))
    keys = sorted({key for room in rooms.values() for key in _keys(room)} & said["keys"].keys())
    return {
        "title": said["title"],
        "answered_at": now.isoformat(),
        "known_by": {
            "label_ja": said["known_by"],
            "customer_ids": sorted(person.customer_ids),
            "person_keys": sorted(person.person_keys),
            "mails": sorted(person.mails),
            "phones": sorted(person.described.phones),
            "orders": sorted(person.order_keys),
        },
        "labels_ja": {key: said["keys"][key] for key in keys},
        "rooms": {name: {**said["rooms"][name], "held": held} for name, held in rooms.items()},
    }


def _by_file(rows: list[Row]) -> list[Row]:
    """Rows of one file together, each with its number and its cells; what is the file's is said once."""
    files = defaultdict[tuple[str, str, str], list[Row]](list)
    for row in rows:
        at = row["file"], row.get("_feed", ""), row.get("_file_name", "")
        cells = {name: cell for name, cell in row.items() if name != "file" and not name.startswith("_")}
        why = {"reason": row["_reason"]} if "_reason" in row else {}
        files[at].append({"row": row.get("_row_number"), **why, "cells": cells})
    return [
        {"file": file, "feed": feed, "name": name, "rows": found}
        for (file, feed, name), found in files.items()
    ]


def _unread(home: Path, person: Person, files: dict[str, list[Row]]) -> list[str]:
    """Files of which no row was read, or not yet, and in whose bytes one of his addresses stands."""
    read = {str(row.get("_file_sha256", "")).partition("-")[0] for rows in files.values() for row in rows}
    nothing = frozenset[str]()
    addresses = Traces(mails=person.mails, phones=nothing, names=nothing, places=nothing)
    return [
        str(path.relative_to(home))
        for pattern in UNREAD
        for path in sorted(home.glob(pattern))
        if path.is_file() and path.suffix != ".json" and path.name not in read
        if addresses.in_file_as_it_lies(path)
    ]


def _keys(value: object) -> set[str]:
    """All keys in a part of the document."""
    if isinstance(value, dict):
        return {*value} | {key for one in value.values() for key in _keys(one)}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()
