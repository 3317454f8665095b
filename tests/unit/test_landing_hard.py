"""Bytes as bad as they come: cut anywhere, any characters, any order of columns, huge cells, many columns.

Run as a script this file lands what lies in an inbox and prints what came of it and the memory it took.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from landing_feeds import NOW, drop, feed, land_one, pending
from memory import mebibytes_of

from orchestration.landing.land import land
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.decode import FORBIDDEN
from orchestration.landing.results import Fault, Parsed

ROOT = Path(__file__).parents[2]
LINES = feed("lines")
TABS = replace(LINES, quoting="none", delimiter="\t")
NAME = "order_20260105060000.csv"
MEBIBYTES = 300
HEADER = ["注文ID", "価格", "個数", "備考"]
NAMES = "注文ID,価格,個数"
HUGE: dict[str, Callable[[], str]] = {
    "a cell of ten million letters": lambda: f'{NAMES},備考\n1,2,3,"{"x" * (10 << 20)}"\n2,3,4,\n',
    "a cell of ten megabytes of kanji": lambda: f'{NAMES},備考\n1,2,3,"{"表" * ((10 << 20) // 3)}"\n2,3,4,\n',
    "twenty cells of a million": lambda: f"{NAMES}\n" + 20 * f"1,{'x' * (1 << 20)},3\n",
    "ten thousand columns": lambda: (
        ",".join([NAMES, *(f"c{n}" for n in range(9_997))])
        + "\n"
        + 300 * (",".join(map(str, range(10_000))) + "\n")
    ),
    "ten thousand short rows": lambda: f"{NAMES}\n" + 10_000 * "1,2\n",
    "a quote that never ends": lambda: f'{NAMES}\n1,2,"' + 4_000_000 * "2,3,4\n",
    "a line that never ends": lambda: f"{NAMES}\n" + 40_000_000 * "x" + "\n",
}
COUNTS = {
    "a cell of ten million letters": "2 2 0", "a cell of ten megabytes of kanji": "2 2 0",
    "twenty cells of a million": "20 20 0",
    "ten thousand columns": "300 300 0", "ten thousand short rows": "10000 0 10000",
    "a quote that never ends": "refused: a quoted value that never ends",
    "a line that never ends": "refused: a line of more than 33554432 characters in utf-8 text",
}  # fmt: skip


def csv_of(rows: list[list[str]]) -> str:
    lines = [",".join(f'"{cell}"' for cell in row) + "\r\n" for row in [HEADER, *rows]]
    return "".join(lines)


@pytest.mark.parametrize("kind", HUGE)
def test_huge_files_are_counted_right_in_little_memory(tmp_path: Path, kind: str) -> None:
    drop(tmp_path, LINES, NAME, HUGE[kind]().encode())
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    counts, mebibytes = done.stdout.rsplit(maxsplit=1)
    assert counts == COUNTS[kind]
    assert int(mebibytes) < MEBIBYTES


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=60), encoding=st.sampled_from(["utf-8", "cp932", "utf-16"]))
@example(content=b"\x80", encoding="cp932")
@example(content="𠮷🎉".encode(), encoding="utf-8")
def test_whatever_bytes_come_no_junk_lands_and_no_row_is_lost(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, encoding: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    text = ",".join(HEADER[:3]).encode(encoding) + "\n".encode(encoding).removeprefix(b"\xff\xfe")
    done = land_one(home, LINES, NAME, text + content)
    if isinstance(done, Parsed):
        assert done.physical == done.landed + done.quarantined + done.blank
        cells = [cell for row in pending(home, LINES) for cell in row.values() if isinstance(cell, str)]
        assert not any(map(FORBIDDEN.search, cells))


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(4)), extra=st.lists(st.sampled_from("あいう"), max_size=3))
def test_columns_in_any_order_with_others_between_never_swap(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], extra: list[str]
) -> None:
    home = tmp_path_factory.mktemp("home")
    names = [HEADER[at] for at in order] + extra
    values = [f"{name}-{number}" for number, name in enumerate(names)]
    done = land_one(home, LINES, NAME, f"{','.join(names)}\n{','.join(values)}\n".encode("cp932"))
    assert isinstance(done, Parsed)
    [row] = pending(home, LINES)
    for column, name in (("order_id", "注文ID"), ("price", "価格"), ("quantity", "個数")):
        assert row[column] == f"{name}-{names.index(name)}"


@pytest.mark.parametrize("missing", ["注文ID", "価格", "個数"])
def test_a_missing_required_column_stops_the_file(tmp_path: Path, missing: str) -> None:
    names = [name for name in HEADER if name != missing]
    fault = land_one(tmp_path, LINES, NAME, f"{','.join(names)}\n1,2,3\n".encode("cp932"))
    assert isinstance(fault, Fault)
    assert fault.found == f"2 known columns among 3, without {missing}"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-16"])
@pytest.mark.parametrize("known", [LINES, TABS], ids=["fputcsv", "none"])
def test_a_file_cut_at_any_byte_is_refused_or_reads_as_far_as_it_goes(
    tmp_path: Path, known: Feed, encoding: str
) -> None:
    mark = known.delimiter
    lines = [
        mark.join(row) + "\r\n" for row in (HEADER, ["1", "ソ表能", "2", "x"], ["2", "髙", "3", "10 MB"])
    ]
    content = "".join(lines).encode(encoding)
    ends = {len("".join(lines[: at + 1]).encode(encoding)): at for at in range(3)}
    width = len("\n".encode(encoding).removeprefix(b"\xff\xfe"))
    returns = {end - width: rows for end, rows in ends.items()}
    for cut in range(len(content)):
        home = tmp_path / str(cut)
        done = land_one(home, known, NAME, content[:cut])
        whole = {**ends, **returns}
        assert (
            done.landed == whole[cut]
            if cut in whole and isinstance(done, Parsed)
            else isinstance(done, Fault)
        ), cut


def main(home: Path) -> None:
    """Land the file that lies there."""
    landed = land(home=home, feed=LINES, now=NOW)
    told = [f"{one.physical} {one.landed} {one.quarantined}" for one in landed.parsed]
    print(*told, *(f"refused: {one.fault.found}" for one in landed.refused), flush=True)


if __name__ == "__main__":
    print(mebibytes_of(lambda: main(Path(sys.argv[1]))))
