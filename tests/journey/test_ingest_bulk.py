"""Big and odd files are counted right in little memory, packed tricks are refused at once.

Run as a script this file lands one of them after the other, each in a process of its own, and prints for each
what came of it, the memory it took, and the seconds.
"""

import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from archives import BAD
from landing_feeds import NOW, drop, feed
from memory import mebibytes_of

from orchestration.landing.land import land
from orchestration.landing.mapping.feed import Feed

ROOT = Path(__file__).parents[2]
MEBIBYTES, PACKED_MEBIBYTES, PACKED_SECONDS = 300, 100, 1.0
LINES, SALES = feed("lines"), feed("sales")
TABS = replace(LINES, name="tabs", quoting="none", delimiter="\t")
EVENTS = replace(SALES, name="events", format="jsonl", rows="", required=("order_id",))
NAMES = "注文ID,価格,個数"
BIG = 10 << 20
ORDER = '{"orderId": "1", "buyer": {"id": "1"}, "baskets": [{"items": [{"price": %s}]}]%s}'
Made = tuple[Feed, Callable[[], str | bytes], str]


def orders(*many: str) -> str:
    return '{"orders": [' + ",\n".join(many) + "]}\n"


def squares(count: int) -> str:
    return "".join((f"{NAMES}\n", *(f"{number},{number**2},3\n" for number in range(count))))


CORPUS: dict[str, Made] = {
    "quotes alone": (LINES, lambda: f"{NAMES}\n" + 5_000 * '"""","""""",""\n', "5000 5000 0 0"),
    "a cell of quotes": (LINES, lambda: f'{NAMES}\n1,"{BIG * "a"}""",3\n', "1 1 0 0"),
    "a cell of line ends": (LINES, lambda: f'{NAMES}\n1,"{200_000 * chr(10)}",3\n', "1 1 0 0"),
    "CRLF in every cell": (
        LINES, lambda: f"{NAMES}\r\n" + 20_000 * '"1\r\n","\r\n","3"\r\n', "20000 20000 0 0",
    ),
    "CR for line ends": (LINES, lambda: f"{NAMES}\r" + 20_000 * "1,2,3\r", "20000 20000 0 0"),
    "all line ends": (LINES, lambda: f"{NAMES}\n" + 9_000 * "1,2,3\r1,2,3\r\n1,2,3\n", "27000 27000 0 0"),
    "NUL": (LINES, lambda: f"{NAMES}\n1,\0,3\n", "refused: U+0000 in utf-8 text"),
    "NUL at the end of much": (
        LINES, lambda: f"{NAMES}\n{BIG * 'x'},2,3\n\0", "refused: U+0000 in utf-8 text",
    ),
    "a bare cell of 10 MB": (LINES, lambda: f"{NAMES}\n{BIG // 3 * '表'},2,3\n", "1 1 0 0"),
    "10 MB in UTF-16": (LINES, lambda: f"{NAMES}\n{BIG // 3 * '表'},2,3\n".encode("utf-16"), "1 1 0 0"),
    "10 MB between tabs": (TABS, lambda: f"{NAMES}\n".replace(",", "\t") + f"{BIG * 'x'}\t2\t3\n", "1 1 0 0"),
    "quotes between tabs": (
        TABS, lambda: f"{NAMES}\n".replace(",", "\t") + 9_000 * '"\t"a\t""\n', "9000 9000 0 0",
    ),
    "a name of 10 MB": (LINES, lambda: f"{NAMES},{BIG * 'n'}\n1,2,3,4\n", "1 1 0 0"),
    "a name ten thousand times": (
        LINES, lambda: f"{NAMES}{9_997 * ',備考'}\n" + 100 * (9_999 * "1," + "1\n"), "100 100 0 0",
    ),
    "a million blank lines": (LINES, lambda: f"{NAMES}\n" + 1_000_000 * "\n", "1000000 0 0 1000000"),
    "blank cells": (LINES, lambda: f"{NAMES}\n" + 100_000 * ",,\n", "100000 0 0 100000"),
    "a long way": (LINES, lambda: f"{NAMES}\n" + 300_000 * "1,2,3\n", "300000 300000 0 0"),
    "a cell too many": (LINES, lambda: f"{NAMES}\n" + 50_000 * "1,2,3,\n", "50000 0 50000 0"),
    "lone quotes": (LINES, lambda: f"{NAMES}\n" + 9_000 * '1,"a"b",3\n', "9000 9000 0 0"),
    "a quote opened in the end": (
        LINES,
        lambda: f"{NAMES}\n" + 100_000 * "1,2,3\n" + '1,"2,3\n',
        "refused: a quoted value that never ends",
    ),
    "a mark and nothing": (LINES, lambda: b"\xef\xbb\xbf", "refused: an empty file"),
    "line ends and nothing": (
        LINES, lambda: 9 * "\n", "refused: 0 known columns among 0, without 注文ID, 価格, 個数",
    ),
    "10 MB in a gzip": (LINES, lambda: gzip.compress(squares(600_000).encode()), "600000 600000 0 0"),
    "JSON, 100,000 deep": (SALES, lambda: orders(100_000 * "["), "refused: nested deeper than 50"),
    "JSON, 45 deep": (SALES, lambda: orders(ORDER % (1, ', "x": ' + 40 * "[" + 40 * "]")), "1 1 0 0"),
    "JSON, a text of 10 MB": (SALES, lambda: orders(ORDER % (f'"{BIG * "x"}"', "")), "1 1 0 0"),
    "JSON, 10,000 keys": (
        SALES, lambda: orders(ORDER % (1, "".join(f', "k{n}": {n}' for n in range(10_000)))), "1 1 0 0",
    ),
    "JSON, a number of 1 MB": (SALES, lambda: orders(ORDER % (1_000_000 * "9", "")), "1 1 0 0"),
    "JSON, many orders": (SALES, lambda: orders(*20_000 * [ORDER % (1, "")]), "20000 20000 0 0"),
    "JSON, too long": (
        SALES, lambda: orders(f'"{65 * (1 << 20) * "x"}"'),
        "refused: a line of more than 33554432 characters in utf-8 text",
    ),
    "JSON, too many orders": (
        SALES, lambda: orders(*5_000 * [ORDER % (1, f', "x": "{7_000 * "x"}"')]),
        "refused: a document of more than 33554432 characters",
    ),
    "JSON, 30 MB": (
        SALES, lambda: orders(*10_000 * [ORDER % (1, f', "x": "{3_000 * "x"}"')]), "10000 10000 0 0",
    ),
    "JSONL, a key twice": (
        EVENTS, lambda: 20_000 * '{"orderId": 1}\n{"a": 1, "a": 2}\n', "40000 20000 20000 0",
    ),
    "JSONL, 100,000 lines": (EVENTS, lambda: 100_000 * f"{ORDER % (1, '')}\n", "100000 100000 0 0"),
    "JSONL, a list of 50,000": (
        EVENTS, lambda: f"[{', '.join(50_000 * [ORDER % (1, '')])}]\n", "50000 50000 0 0",
    ),
    "JSONL, 10 MB a line": (EVENTS, lambda: 3 * f"{ORDER % (BIG * '9', '')}\n", "3 3 0 0"),
}  # fmt: skip


def dropped(home: Path, name: str) -> None:
    """Put one of the corpus, or a packed one, into its inbox."""
    known, make, _ = CORPUS[name] if name in CORPUS else (LINES, BAD[name][0], "")
    content = make()
    file = "order_20260105060000.csv" if known.format == "csv" else "sales_20260105060000.json"
    drop(home, known, file, content if isinstance(content, bytes) else content.encode())


def outcome(home: Path, name: str) -> None:
    """Land what lies there and write down what came of it."""
    known = CORPUS[name][0] if name in CORPUS else LINES
    done = land(home=home, feed=known, now=NOW)
    counts = [f"{one.physical} {one.landed} {one.quarantined} {one.blank}" for one in done.parsed]
    (home / "said").write_text(" ".join((*counts, *(f"refused: {one.fault.found}" for one in done.refused))))


def main(folder: Path, names: list[str]) -> None:
    """Make and land each; print what was measured."""
    for number, name in enumerate(names):
        home = folder / f"{number}"
        mebibytes_of(partial(dropped, home, name))
        began = time.perf_counter()
        mebibytes = mebibytes_of(partial(outcome, home, name))
        seconds = time.perf_counter() - began
        print(mebibytes, f"{seconds:.3f}", (home / "said").read_text(), sep="\t", flush=True)
        shutil.rmtree(home)


def measured(folder: Path, names: Sequence[str]) -> dict[str, tuple[int, float, str]]:
    """Of each its mebibytes, its seconds, and what came of it."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(folder), *names]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return {
        name: (int(mebibytes), float(seconds), said)
        for name, (mebibytes, seconds, said) in zip(names, lines, strict=True)
    }


def counted(folder: Path, names: Sequence[str]) -> str:
    """Land some of the corpus; what was counted."""
    found = measured(folder, names)
    assert {name: said for name, (_, _, said) in found.items()} == {name: CORPUS[name][2] for name in names}
    most = max(mebibytes for mebibytes, _, _ in found.values())
    assert most < MEBIBYTES, found
    return f"{len(found)} big or odd files: 0 miscounts, at most {most} MiB"


def test_odd_files_are_counted_right_in_little_memory(tmp_path: Path) -> None:
    assert counted(tmp_path, list(CORPUS)[::4])


@pytest.mark.long
def test_all_odd_files_are_counted_right_in_little_memory(tmp_path: Path) -> None:
    print(counted(tmp_path, list(CORPUS)))


def test_packed_tricks_are_refused_at_once_in_little_memory(tmp_path: Path) -> None:
    found = measured(tmp_path, list(BAD))
    assert all(said.startswith("refused: ") and BAD[name][1] in said for name, (_, _, said) in found.items())
    most, longest = max(one for one, _, _ in found.values()), max(one for _, one, _ in found.values())
    assert (most < PACKED_MEBIBYTES, longest < PACKED_SECONDS) == (True, True), found
    print(f"{len(found)} archives refused, at most {most} MiB and {longest} s each")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
