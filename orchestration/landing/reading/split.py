"""Rows of cells become Arrow columns: in C, where Python would make an object of every cell."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

# Control characters: no row that holds one comes here (csv_rows.RowReader).
ROW_END, SEPARATOR, STAND_INS = "\x00", "\x1f", {"\n": "\x1e", "\r": "\x1d", "\ufeff": "\x1c"}
MANY = 500  # columns; of so many only the wanted are split
AS_THEY_ARE = csv.ParseOptions(delimiter=SEPARATOR, quote_char=False, double_quote=False, escape_char=False)


def split(rows: Sequence[Sequence[str]], wanted: Sequence[int]) -> dict[int, pa.Array]:
    """Make columns of text of some cells of some rows; what would end a line is replaced for the while.

    Args:
        rows: of equal width.
        wanted: positions of the columns to make.
    """
    picked = rows if len(rows[0]) < MANY else [[row[at] for at in wanted] for row in rows]
    # A separator goes first, so that no line is empty and none is passed over.
    text = ROW_END.join([SEPARATOR + SEPARATOR.join(row) for row in picked])
    replaced = [(end, stand_in) for end, stand_in in STAND_INS.items() if end in text]
    for end, stand_in in replaced:
        text = text.replace(end, stand_in)
    columns = _read(text.replace(ROW_END, "\n").encode(), [str(at) for at in range(len(picked[0]) + 1)])[1:]
    if picked is rows:
        columns = [columns[at] for at in wanted]
    for end, stand_in in replaced:
        columns = [pc.replace_substring(column, stand_in, end) for column in columns]
    return dict(zip(wanted, columns, strict=True))


def _read(text: bytes, names: list[str]) -> list[pa.Array]:
    table = csv.read_csv(
        pa.BufferReader(text),
        read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
        parse_options=AS_THEY_ARE,
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    return [column.chunk(0) for column in table.columns]
