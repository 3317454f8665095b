"""What a build stood on, and whether the next one may add to it or must build all anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.publish.warehouse import begin_build, end_build

PROJECT = (
    "models/**/*.sql",
    "models/**/*.yml",
    "macros/**/*.sql",
    "seeds/*",
    "dbt_project.yml",
    "profiles.yml",
)
AT_HOME = (
    "raw/_catalogue/feeds.parquet",
    "raw/_catalogue/order_statuses.parquet",
    "raw/_catalogue/line_kinds.parquet",
    "raw/_catalogue/erasures.parquet",
    "raw/_catalogue/contract_*.parquet",
    "ledger/customer.key",
)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a build stands on.

    Attributes:
        meaning: digest of all that says how rows are read: dbt's project, the shop's seeds, the feeds, the
            erased, the key, the engine, and who carries the mail (dbt, too, asks the environment).
        files: size and time of every file of rows, by its path below `raw/`; another time is another file.
    """

    as_of: date
    meaning: str
    files: dict[str, list[int]]


@contextmanager
def building(
    *, home: Path, warehouse: Path, project: Path, as_of: date, shop: Path | None = None
) -> Iterator[Path | None]:
    """Around a build: while it runs none has passed, and that it passed is noted when it ends well.

    A build may add to the last one if all that this stood on is there, unchanged and read alike, the file it
    left is the one that lies there, and the day is no earlier.

    Yields:
        what the last passed build stood on, as dbt reads it; None where all must be built anew.
    """
    note = _note(warehouse)
    last = disk.read_json(note)
    note.unlink(missing_ok=True)
    basis = Basis(as_of=as_of, meaning=_meaning(home, project, shop), files=_files(home / "raw"))
    whole = warehouse.exists() and last.get("warehouse") == _digest(warehouse)
    adds = whole and _may_add(last, basis)
    begin_build(warehouse, adds=adds, damaged=bool(last) and not whole)
    yield _tell(last, warehouse) if adds else None
    end_build(warehouse, as_of)
    _keep(warehouse, basis)


def _tell(last: dict[str, Any], warehouse: Path) -> Path:
    told = warehouse.with_suffix(".basis.parquet")
    names = [Path(path).stem for path in last["files"]]
    days = [date.fromisoformat(last["as_of"])] * len(names)
    with disk.open_private(told) as file:
        pq.write_table(pa.table({"file_sha256": pa.array(names, pa.string()), "as_of": days}), file)
    return told


def _keep(warehouse: Path, basis: Basis) -> None:
    said = {"as_of": basis.as_of.isoformat(), "meaning": basis.meaning, "files": basis.files}
    disk.write_json(_note(warehouse), {**said, "warehouse": _digest(warehouse)})


def _may_add(last: dict[str, Any], basis: Basis) -> bool:
    return bool(
        last["meaning"] == basis.meaning
        and date.fromisoformat(last["as_of"]) <= basis.as_of
        and last["files"].items() <= basis.files.items()
    )


def _note(warehouse: Path) -> Path:
    return warehouse.with_suffix(".basis.json")


def _stamp(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(raw: Path) -> dict[str, list[int]]:
    return {str(path.relative_to(raw)): _stamp(path) for path in sorted(raw.glob("[!_.]*/[0-9a-f]*.parquet"))}


def _meaning(home: Path, project: Path, shop: Path | None) -> str:
    """A model that moves to another folder is another one: its schema is said there."""
    digest = sha256(f"{duckdb.__version__} {os.environ.get('JOREN_CARRIER', '')}".encode())
    rooms = ((project, PROJECT), (home, AT_HOME), *(((shop, ("seeds/*.csv",)),) if shop else ()))
    for room, patterns in rooms:
        for path in sorted({path for pattern in patterns for path in room.glob(pattern)}):
            digest.update(f"\n{path.relative_to(room)} {sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()
