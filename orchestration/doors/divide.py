"""One Parquet file becomes two: the rows that go aside, each with why, and the others."""

from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.doors.rule import ROW

COUNT = "joren.quarantined_door"
WHY = "_reason"  # some feeds have a column `reason`


def divide(source: Path, taken: pa.Table, *, aside: Path, let_in: Path) -> None:
    """Write both drafts, a row group at a time; what landing said in the footer stands in both.

    Args:
        source: the rows that wait.
        taken: `_row_number` and `reason` of those that go aside.
        aside: draft for them, with a column `_reason` more.
        let_in: draft for the others; its footer says besides how many went, `joren.quarantined_door`.
    """
    with pq.ParquetFile(source) as file, ExitStack() as stack:
        schema = file.schema_arrow.remove_metadata()
        said = {key: value for key, value in file.metadata.metadata.items() if key.startswith(b"joren.")}
        outside = _writer(stack, aside, schema.append(pa.field(WHY, pa.string())))
        inside = _writer(stack, let_in, schema)
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number)
            places = pc.index_in(rows[ROW], value_set=taken[ROW])
            if places.null_count < len(places):
                reasons = taken["reason"].take(places.drop_null())
                outside.write_table(rows.filter(pc.is_valid(places)).append_column(WHY, reasons))
            if places.null_count:
                inside.write_table(rows.filter(pc.is_null(places)))
        outside.add_key_value_metadata(said)
        inside.add_key_value_metadata({**said, COUNT: str(taken.num_rows)})


def _writer(stack: ExitStack, draft: Path, schema: pa.Schema) -> pq.ParquetWriter:
    file = stack.enter_context(disk.open_private(draft))
    return stack.enter_context(pq.ParquetWriter(file, schema, compression="zstd"))
