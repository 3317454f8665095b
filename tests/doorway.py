"""A feed's shelf without landing: files that wait at the entrance door."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.doors.door import Door, Limit
from orchestration.doors.entrance import judge
from orchestration.doors.judgement import Judgement

FEED = "shop_orders"
NOW = datetime(2026, 1, 9, tzinfo=UTC)
TIME = pa.timestamp("us")
MILD = Limit(percent=1, rows=100, refuses=False)

Line = Mapping[str, str]


def door(section: Mapping[str, object], *, group: str | None = "order_id", limit: Limit = MILD) -> Door:
    return Door(feed=FEED, section=section, zone="Asia/Tokyo", group=group, limit=limit)


def pend(home: Path, name: str, *rows: Line, exported_at: datetime = NOW, groups: int = 50_000) -> str:
    """Put a file before the door as landing would, and say its statement; `groups` is a row group's size."""
    folder = home / "raw" / FEED / ".pending"
    for path in (folder, home / "quarantine" / FEED / "files"):
        path.mkdir(parents=True, exist_ok=True)
    statement = hashlib.sha256(name.encode()).hexdigest()
    said = {
        "file": name, "exported_at": exported_at.isoformat(), "landed_at": NOW.isoformat(), "mapping": "m",
        "door": "d", "physical": str(len(rows) + 3), "quarantined": "2", "blank": "1",
    }  # fmt: skip
    table = _table(statement, name, exported_at, rows)
    with pq.ParquetWriter(folder / f"{statement}.parquet", table.schema, compression="zstd") as writer:
        writer.write_table(table, row_group_size=groups)
        writer.add_key_value_metadata({f"joren.{key}": value for key, value in said.items()})
    return statement


def _table(statement: str, name: str, exported_at: datetime, rows: Sequence[Line]) -> pa.Table:
    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["order_id"]
    cells = {column: pa.array([row.get(column, "") for row in rows], pa.string()) for column in columns}
    time = pa.repeat(pa.scalar(exported_at.astimezone(UTC).replace(tzinfo=None), TIME), len(rows))
    origin = {
        "_file_sha256": pa.repeat(statement, len(rows)),
        "_file_name": pa.repeat(name, len(rows)),
        "_row_number": pa.array([*range(1, len(rows) + 1)], pa.int64()),
        "_exported_at": time,
        "_landed_at": time,
    }
    return pa.table({**cells, **origin})


def ask(
    home: Path,
    section: Mapping[str, object],
    *,
    group: str | None = "order_id",
    limit: Limit = MILD,
) -> Judgement:
    return judge(home=home, door=door(section, group=group, limit=limit), since=NOW)


def let_in(home: Path, statement: str) -> Path:
    return home / "raw" / FEED / f"{statement}.parquet"


def aside(home: Path, statement: str) -> Path:
    return home / "quarantine" / FEED / f"{statement}.door.parquet"


def footer(path: Path) -> dict[str, str]:
    """What landing and door say in it."""
    said = pq.read_metadata(path).metadata
    return {
        key.decode().removeprefix("joren."): value.decode()
        for key, value in said.items()
        if key.startswith(b"joren.")
    }
