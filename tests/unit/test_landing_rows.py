"""The last row without a line end, and rows with a control character: what is whole is read."""

from dataclasses import replace
from pathlib import Path

import pytest
from landing_feeds import feed, land_one, pending, quarantined

from orchestration.landing.results import Fault, Parsed

LINES = feed("lines")
LENIENT = replace(LINES, unended="warn")
NAME = "order_20260105060000.csv"
HEAD = "注文ID,価格,個数\n"
UNENDED = "the last row has no line end; it was read, since it has all cells"


@pytest.mark.parametrize(
    "rows", ["", "1,2,3\n4,5,6", '1,2,"3\n4"', "1,2,3\n4,5,", ",,", "1,2,3\r\n4,5,6" * 300]
)
def test_a_whole_last_row_without_a_line_end_lands_with_a_warning(tmp_path: Path, rows: str) -> None:
    content = (HEAD + rows).removesuffix("\n").encode()
    done = land_one(tmp_path / "a", LENIENT, NAME, content)
    assert isinstance(done, Parsed)
    assert done.warnings[0] == UNENDED
    again = land_one(tmp_path / "b", LENIENT, NAME, content + b"\n")
    assert isinstance(again, Parsed)
    assert UNENDED not in again.warnings
    assert (done.physical, done.landed) == (again.physical, again.landed)
    assert isinstance(land_one(tmp_path / "c", LINES, NAME, content), Fault)


@pytest.mark.parametrize(
    "rows", ["1,2,3\n4,5", '1,2,3\n4,5,"6', "1,2,3\n4", '1,2,3\n4,5,"6"7', "1,2,3\n\x1a"]
)
def test_a_last_row_that_is_not_whole_refuses_the_file(tmp_path: Path, rows: str) -> None:
    fault = land_one(tmp_path, replace(LENIENT, quoting="rfc4180"), NAME, (HEAD + rows).encode())
    assert isinstance(fault, Fault)
    assert "The file was cut off" in fault.remedy


@pytest.mark.parametrize("control", ["\0", "\x0b", "\x1c", "\x1d", "\x1e", "\x1f"])
@pytest.mark.parametrize("before", [0, 250, 1200])
def test_only_the_rows_with_a_control_character_stay_outside(
    tmp_path: Path, control: str, before: int
) -> None:
    rows = [f"{at},2,3\n" for at in range(1, before + 1)]
    odd = [f"x,2{control},3\n", f'y,"2\n{control}",3\n', "z,2,3\n", f"w,2{control}\n"]
    done = land_one(tmp_path, LINES, NAME, (HEAD + "".join(rows + odd)).encode())
    assert isinstance(done, Parsed)
    assert [row["order_id"] for row in pending(tmp_path, LINES)] == [*map(str, range(1, before + 1)), "z"]
    said = f"a control character, U+{ord(control):04X}"
    told = [(row["_row_number"], row["reason"]) for row in quarantined(tmp_path, LINES)]
    assert told == [
        (before + 1, said),
        (before + 2, said),
        (before + 4, "2 cells where the header has 3"),
    ]
    assert control not in "".join(row["text"] for row in quarantined(tmp_path, LINES))


def test_json_with_a_control_character_is_refused(tmp_path: Path) -> None:
    content = b'{"orders": [{"orderId": "a\x0b"}]}'
    fault = land_one(tmp_path, feed("sales"), "sales_20260105060000.json", content)
    assert isinstance(fault, Fault)
    assert fault.found == "U+000B in utf-8 text"
