"""Cells that cannot be read end the build: money, times and counts are never left out in silence."""

import duckdb
import pytest
from macros import text_of

CALLS = {
    "time": "instant_of('cell', \"'Asia/Tokyo'\")",
    "yen": "yen_of('cell')",
    "count": "count_of('cell')",
    "rate": "percent_of('cell')",
}

UNREADABLE = {
    "yen": [
        "1000.50", "0.5", "1,000", "¥1000", "1000円", "１０００", "1e3", "--5", "N/A", "-", "9" * 16, ".",
        "1.0.0", "1 000", "NaN", "inf", "0x10", "- 5",
    ],
    "count": ["1.5", "two", "1個"],
    "rate": ["ten", "10 %", "-10", "1000"],
    "time": [
        "2025-02-30", "2025-13-01", "2025-01-01 24:01", "2025-01-01 10:60", "2025-01-02T03:04:05+9",
        "20250101", "01/02/2025", "2025-1", "0000-00-00", "-9999", "yesterday", "10:00",
        "2025-01-02 03:04:05 JST", "2025年1月2日", "2025-01-02 250000",
    ],
}  # fmt: skip
CELLS = [(kind, cell) for kind, cells in UNREADABLE.items() for cell in cells]


def read(kind: str, cell: str) -> object:
    """What a macro makes of a cell."""
    (found,) = duckdb.execute(
        f"select {text_of(CALLS[kind])} from (select ?::varchar as cell)", [cell]
    ).fetchone() or (None,)
    return found


@pytest.mark.parametrize(
    ("kind", "cell"), [(kind, cell) for kind, cells in UNREADABLE.items() for cell in cells]
)
def test_what_cannot_be_read_is_an_error(kind: str, cell: str) -> None:
    with pytest.raises(duckdb.Error):
        read(kind, cell)


def test_the_error_shows_the_shape_of_the_cell_and_not_its_text() -> None:
    with pytest.raises(duckdb.Error, match=r"cell is no amount of whole yen: xx 00-0") as refused:
        read("yen", "山田 12-3")
    assert "山田" not in str(refused.value)


@pytest.mark.parametrize("zone", ["Asia/Seoul", "EST"])
def test_a_zone_that_we_do_not_know_is_an_error(zone: str) -> None:
    call = CALLS["time"].replace("Asia/Tokyo", zone)
    sql = text_of(call)
    with pytest.raises(duckdb.Error, match=f"a feed has the zone {zone}"):
        duckdb.execute(f"select {sql} from (select '2025-01-01' as cell)").fetchall()


@pytest.mark.parametrize("kind", sorted(CALLS))
@pytest.mark.parametrize("cell", ["", " ", "\t"])
def test_a_blank_cell_is_no_value(kind: str, cell: str) -> None:
    assert read(kind, cell.strip("\t")) is None
