"""The catalogue that dbt reads beside the rows: `raw/_catalogue/`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.landing.accounting.catalogue_tables import (
    contract,
    devices_table,
    feeds_table,
    line_kinds_table,
    order_statuses_table,
)
from orchestration.landing.accounting.file_records import files_table
from orchestration.landing.accounting.postcodes import is_of_this_edition, postcodes_table
from orchestration.landing.erasing.handles import erasures_table
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds

FOLDER = "_catalogue"


def write_catalogue(*, home: Path, feeds: Sequence[Feed]) -> None:
    """Write what feeds say, what became of their files, and post codes; each table whole or not at all.

    Args:
        home: folder of everything Joren keeps.
        feeds: all of them.
    """
    folder = disk.folder(home / "raw" / FOLDER, 0o700)
    disk.collect(folder)
    for name, table in _tables(home, feeds):
        _write(table, folder / f"{name}.parquet")
    if not is_of_this_edition(postcodes := folder / "postcodes.parquet"):
        _write(postcodes_table(), postcodes)


def _write(table: pa.Table, path: Path) -> None:
    draft = disk.unfinished(path)
    with disk.open_private(draft) as file:
        pq.write_table(table, file, compression="zstd")
    disk.keep(draft, path)


def _tables(home: Path, feeds: Sequence[Feed]) -> Iterator[tuple[str, pa.Table]]:
    yield from ((f"contract_{kind}", contract(kind)) for kind in kinds())
    yield "order_statuses", order_statuses_table(feeds)
    yield "line_kinds", line_kinds_table(feeds)
    yield "devices", devices_table(feeds)
    yield "files", files_table(home=home, feeds=feeds)
    yield "feeds", feeds_table(feeds)
    yield "erasures", erasures_table(home)
