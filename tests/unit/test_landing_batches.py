"""Many lines at a time are the same records as one after the other."""

import io
from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.mapping.feed import Quoting
from orchestration.landing.reading import plain
from orchestration.landing.reading.batches import LINES, Dialect, Sound, batches
from orchestration.landing.reading.plain import Plain, tokens
from orchestration.landing.reading.tokenise import Record
from orchestration.landing.results import Fault

PIECES = ["a", "", " ", ",", ",", '"', '""', '","', "表", "\\", '表"', '"表"', "\n", "\n", "\r\n"]
ODD = [
    "\r", "\0", "\x1a", "\x1f", "\ufeff", "\u2028", "\x85", "\t", '"\n"', '"""', "😀", ";", ',"a,b",',
    '"表"""', '"表"A"', 'a,"x\\"y",表\n', 'a,"表"\r\n""",b\n',
]  # fmt: skip
SOUND = 'a,"b",表\n'
WIDTH = 3
QUOTINGS = pytest.mark.parametrize("quoting", ["fputcsv", "rfc4180", "none"])


def one_by_one(text: str, dialect: Dialect) -> list[Record | Fault]:
    return list(dialect.records(io.StringIO(text, newline="")))


def of_lines(lines: io.StringIO, dialect: Dialect) -> Iterator[Record | Fault]:
    for batch in batches(lines, iter(()), dialect):
        if isinstance(batch, Sound):
            yield from (Record(cells, line, "") for cells, line in zip(*batch, strict=True))
        else:
            yield from batch


def cells_of(table: pa.Table) -> list[list[str]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def cells(text: str, dialect: Dialect, width: int) -> Iterator[tuple[list[str], str] | Fault]:
    for batch in tokens(io.StringIO(text, newline=""), dialect, width):
        if isinstance(batch, Plain):
            yield from ((row, "") for row in cells_of(batch.table))
        elif isinstance(batch, Sound):
            yield from ((row, "") for row in batch.rows)
        else:
            yield from (one if isinstance(one, Fault) else (one.cells, one.reason) for one in batch)


def expected(text: str, dialect: Dialect) -> list[tuple[list[str], str] | Fault]:
    return [one if isinstance(one, Fault) else (one.cells, one.reason) for one in one_by_one(text, dialect)]


@QUOTINGS
@given(st.integers(0, 2 * LINES), st.lists(st.sampled_from(PIECES), max_size=60), st.integers(0, LINES))
def test_batches_hold_the_records(quoting: Quoting, before: int, pieces: list[str], after: int) -> None:
    text = SOUND * before + "".join(pieces) + "\n" + SOUND * after
    dialect = Dialect(",", quoting, "cp932")
    assert list(of_lines(io.StringIO(text, newline=""), dialect)) == one_by_one(text, dialect)


@QUOTINGS
@given(
    st.lists(st.sampled_from([SOUND, *PIECES, *ODD]), max_size=60),
    st.sampled_from(["", "\n", "\r", "\r\n"]),
    st.integers(1, WIDTH),
    st.integers(1, 40),
    st.sampled_from([(",", "cp932"), (",", "utf-8"), ("\t", "utf-8"), ("|", "utf-8")]),
)
def test_columns_hold_the_records_wherever_blocks_end(
    quoting: Quoting, pieces: list[str], end: str, width: int, size: int, written: tuple[str, str]
) -> None:
    dialect = Dialect(written[0], quoting, written[1])
    text = "".join(pieces).replace(",", dialect.delimiter) + end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "CHARACTERS", size)
        assert list(cells(text, dialect, width)) == expected(text, dialect)


@QUOTINGS
@given(st.lists(st.sampled_from(["a", '"b"', "", "表", " c"]), min_size=3, max_size=3), st.integers(1, 5))
def test_rows_as_vendors_write_them_become_columns(quoting: Quoting, row: list[str], times: int) -> None:
    text = ",".join([*row, "z"]) + "\r\n"
    dialect = Dialect(",", quoting, "cp932")
    (batch,) = tokens(io.StringIO(times * text, newline=""), dialect, 4)
    assert isinstance(batch, Plain)
    assert cells_of(batch.table) == [
        one.cells for one in one_by_one(times * text, dialect) if isinstance(one, Record)
    ]


@pytest.mark.parametrize("quoting", ["fputcsv", "rfc4180"])
def test_values_with_delimiters_quotes_and_line_ends_become_columns(quoting: Quoting) -> None:
    text = '1,"a,b","c ""d"""\n2,"e\r\nf\ng","表 "\n3,"",\n'
    (batch,) = tokens(io.StringIO(text, newline=""), Dialect(",", quoting, "cp932"), WIDTH)
    assert isinstance(batch, Plain)
    assert cells_of(batch.table) == [["1", "a,b", 'c "d"'], ["2", "e\r\nf\ng", "表 "], ["3", "", ""]]


def test_quotes_that_fputcsv_did_not_double_are_found_and_what_follows_is_as_it_came() -> None:
    text = 'a,"表"A","ソ""\nb,c,d\ne,"表"B"f,g\n'
    table, rest = tokens(io.StringIO(text, newline=""), Dialect(",", "fputcsv", "cp932"), WIDTH)
    assert isinstance(table, Plain)
    assert cells_of(table.table) == [["a", '表"A', 'ソ"'], ["b", "c", "d"]]
    assert rest == [Record([], 'e,"表"B"f,g\n', "a quote inside a value is not doubled")]
