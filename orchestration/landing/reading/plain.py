"""Text that can be read in one way only becomes Arrow columns at once, without a Python object for a cell.

A pattern first proves that every strict CSV reader would find the same cells: each quote opens or closes a
value right beside a delimiter or a line end, or is doubled within one. Arrow, lenient otherwise, then has no
choice. All other text goes the long way (batches.py): with quotes that stand elsewhere, control characters,
rows without any value or of another width, or a last row without a line end.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TextIO

import pyarrow as pa
from pyarrow import csv

from orchestration.landing.reading.batches import Dialect, Sound, batches
from orchestration.landing.reading.decode import CONTROL
from orchestration.landing.reading.split import MANY
from orchestration.landing.reading.tokenise import LARGEST_CELL, Record, grammar_of
from orchestration.landing.results import Fault

DELIMITERS = ",\t;"
CONTROLS = CONTROL.pattern[1:-1]
CHARACTERS = 1 << 20
UNBOUNDED = 1 << 30  # bytes; a text is read as one block


class Plain(NamedTuple):
    """Records as columns, all of the width that was asked for."""

    table: pa.Table


Tokens = Plain | Sound | list[Record | Fault]


def tokens(lines: TextIO, dialect: Dialect, width: int) -> Iterator[Tokens]:
    """Read a text from here on; the same records as `dialect.records` would read.

    Args:
        lines: at the beginning of a record.
        dialect: how they are to be read.
        width: cells of most records.
    """
    while text := lines.read(CHARACTERS) + lines.readline():
        sound, end = _beyond_doubt(text, dialect) if width < MANY else ("", 0)
        table = _table(sound, dialect, width)
        if table:
            yield Plain(table)
        yield from batches(io.StringIO(text[end:] if table else text, newline=""), lines, dialect)


def _beyond_doubt(text: str, dialect: Dialect) -> tuple[str, int]:
    """Whole records from the beginning of a text, as a strict reader takes them, and where they end in it."""
    if dialect.delimiter not in DELIMITERS or len(text) > LARGEST_CELL:
        return "", 0
    grammar = grammar_of(dialect.delimiter, dialect.encoding)
    is_php = dialect.quoting == "fputcsv"
    lone = [quote.start() for quote in grammar.lone.finditer(text)] if is_php else []
    mended = grammar.mend(text) if lone else text
    found = _sound(dialect.delimiter, is_quoted=dialect.quoting != "none").match(mended)
    end = found.end() if found else 0
    return mended[:end], end - sum(quote + before < end for before, quote in enumerate(lone))


def _table(text: str, dialect: Dialect, width: int) -> pa.Table | None:
    try:
        return _read(text.encode(), dialect, width) if text else None
    except pa.ArrowInvalid:  # another width
        return None


def _read(text: bytes, dialect: Dialect, width: int) -> pa.Table:
    names = [str(at) for at in range(width)]
    return csv.read_csv(
        pa.BufferReader(text),
        read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=UNBOUNDED),
        parse_options=csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=False if dialect.quoting == "none" else '"',
            newlines_in_values=True,
            ignore_empty_lines=False,
        ),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
    )


@lru_cache
def _sound(delimiter: str, *, is_quoted: bool) -> re.Pattern[str]:
    """Whole records, each with some value; a byte order mark, which Arrow drops, begins none of them."""
    mark, quote = re.escape(delimiter), '"' if is_quoted else ""
    outer = rf"[^{quote}\r\n{CONTROLS}]*+"
    inner = rf'[^"{CONTROLS}]*+(?:""[^"{CONTROLS}]*+)*+'
    cells = rf'{outer}(?:(?<![^{mark}\r\n])"{inner}"(?![^{mark}\r\n]){outer})*+'
    return re.compile(rf"(?:(?!\ufeff|[{mark}{quote}]*+[\r\n]){cells}(?:\r\n?|\n))*+")
