"""Letters come as they were written or the file is refused; columns keep their names whatever their order."""

import codecs
import json
import random
import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS
from landing_feeds import feed, land_one, pending, quarantined
from seed_files import headers, table

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault, Parsed

LINES = feed("lines")
NAME, MARKER = "order_20260105060000.csv", "2026-01-05T06:00:00+09:00"
HEAD, TAIL = "注文ID,備考,価格,個数\n1,", ",2,3\n"
BOM = codecs.BOM_UTF8
ESCAPED = "高橋".encode("iso2022_jp")
GOOD_CP932 = (*"髙﨑①㈱～－∥￠ソⅣ纊德≒〒\\", "表能十予", "ｶﾞ", "№℡", "ゑヴ")
GOOD_UTF_8 = ("𠮷", "🎉", "👨‍👩‍👧", "髙﨑①㈱～－", "〜−", "é", "葛\U000e0100", "한", "　全角　")
BAD_CP932 = (b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff", b"\xf0\x40", b"\x81", b"\x81\xad", b"\x7f")
BAD_UTF_8 = (b"\xc2\x85", b"\xee\x80\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80")
CONTROLS = (b"\x00", b"\x0b", b"\x1b[0m", b"\x1c", b"\x1f", ESCAPED)
OTHERS: dict[str, tuple[bytes, str]] = {
    "UTF-8 with a mark": (BOM + f"{HEAD}髙𠮷{TAIL}".encode(), "髙𠮷"),
    "UTF-16, little end first": (codecs.BOM_UTF16_LE + f"{HEAD}髙🎉{TAIL}".encode("utf-16-le"), "髙🎉"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + f"{HEAD}髙🎉{TAIL}".encode("utf-16-be"), "髙🎉"),
    "UTF-16 without a mark": (f"{HEAD}髙{TAIL}".encode("utf-16-le"), ""),
    "UTF-16 with half a letter": (codecs.BOM_UTF16_LE + f"{HEAD}髙{TAIL}".encode("utf-16-le")[:-1], ""),
    "cp932 in a UTF-8 file": (HEAD.encode() + "髙橋".encode("cp932") + TAIL.encode(), ""),
    "UTF-8 in a cp932 file": (HEAD.encode("cp932") + "髙橋".encode() + TAIL.encode(), ""),
    "UTF-8 behind cp932": (f"{HEAD}髙{TAIL}".encode("cp932") + BOM + f"{HEAD}髙{TAIL}".encode(), ""),
    "EUC-JP": (f"{HEAD}高橋{TAIL}".encode("euc_jp"), ""),
    "ISO-2022-JP": (f"{HEAD}高橋{TAIL}".encode("iso2022_jp"), ""),
}  # fmt: skip
PIECES = (*"髙﨑①㈱～－𠮷🎉表ソ\ue000\x85\ufeffa1,\n\r\t\\\0éⅣ", '"')
TOKEN, AGAIN = re.compile(r"⟨\d+⟩"), re.compile(r"__\d+$")


def framed(content: bytes, encoding: str) -> bytes:
    return HEAD.encode(encoding) + content + TAIL.encode(encoding)


def vectors() -> dict[str, tuple[bytes, str]]:
    """Files by name, each with the text that must land; nothing: the file must be refused."""
    good = {f"cp932 {one}": (framed(one.encode("cp932"), "cp932"), one) for one in GOOD_CP932}
    more = {f"utf-8 {one}": (framed(one.encode(), "utf-8"), one) for one in GOOD_UTF_8}
    bad = {f"cp932 {one!r}": (framed(one, "cp932"), "") for one in BAD_CP932}
    worse = {f"utf-8 {one!r}": (framed(one, "utf-8"), "") for one in BAD_UTF_8}
    return good | more | bad | worse | OTHERS


@pytest.mark.parametrize("name", vectors())
def test_letters_land_as_written_or_not_at_all(tmp_path: Path, name: str) -> None:
    content, text = vectors()[name]
    done = land_one(tmp_path, LINES, NAME, content)
    assert isinstance(done, Parsed) == bool(text)
    found = [json.loads(row["extra"])["備考"] for row in pending(tmp_path, LINES)]
    assert found == ([text] if text else [])


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_a_row_with_a_control_character_stays_outside_alone(
    tmp_path: Path, control: bytes, encoding: str
) -> None:
    good = '2,"髙\n﨑",2,3\n'.encode(encoding)
    done = land_one(tmp_path, LINES, NAME, framed(control, encoding) + good)
    assert isinstance(done, Parsed)
    assert (done.landed, done.quarantined) == (1, 1)
    assert [json.loads(row["extra"])["備考"] for row in pending(tmp_path, LINES)] == ["髙\n﨑"]
    [row] = quarantined(tmp_path, LINES)
    assert row["reason"] == f"a control character, U+{control[0]:04X}"
    assert not any(map(is_junk, row["text"]))


@pytest.mark.parametrize("control", CONTROLS)
def test_a_header_holds_no_control_character(tmp_path: Path, control: bytes) -> None:
    header = HEAD.encode().replace("備考".encode(), "備考".encode() + control)
    assert isinstance(land_one(tmp_path, LINES, NAME, header + TAIL.encode()), Fault)


def test_there_are_forty_vectors_and_more() -> None:
    assert len(vectors()) >= 40


def is_junk(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Co", "Cs"} and letter not in "\t\n\r"


def any_letters(folder: Path, *, inputs: int, start: int) -> str:
    """Files of any letters in any encoding, some bytes changed; what was counted."""
    told, chance = Counter[str](), random.Random(start)  # noqa: S311  # no secrets
    for _ in range(inputs):
        text = "".join(chance.choices(PIECES, k=chance.randint(0, 6)))
        encoding = chance.choice(("utf-8", "utf-8", "utf-16", "cp932", "cp932"))
        content = f"{HEAD}{text}{TAIL}".encode(encoding, "ignore")
        if chance.random() < 0.5:
            at = chance.randrange(len(content))
            content = content[:at] + chance.randbytes(1) + content[at + 1 :]
        done = land_one(folder / "home", LINES, NAME, content)
        tables = [
            *(folder / "home" / "raw").rglob("*.parquet"),
            *(folder / "home" / "quarantine").rglob("*.parquet"),
        ]
        cells = [cell for path in tables for row in pq.read_table(path).to_pylist() for cell in row.values()]
        told["refused" if isinstance(done, Fault) else "read"] += 1
        told["junk"] += sum(any(map(is_junk, cell)) for cell in cells if isinstance(cell, str))
        shutil.rmtree(folder / "home")
    assert told["junk"] == 0
    return (
        f"{inputs} inputs: {told['read']} read, {told['refused']} refused, 0 control or private-use letters"
    )


def test_no_junk_lands(tmp_path: Path) -> None:
    assert any_letters(tmp_path, inputs=200, start=5)


@pytest.mark.long
def test_no_junk_lands_of_ten_thousand_inputs(tmp_path: Path) -> None:
    print(f"{len(vectors())} of {len(vectors())} vectors; {any_letters(tmp_path, inputs=10_000, start=50)}")


def mixed(known: Feed, chance: random.Random) -> list[str]:
    """The feed's headers in any order, without some that may lack, with some that nobody knows between.

    Of two columns of one name the first stays the first: nothing else tells them apart.
    """
    all_names = headers(known)
    needed = {str(part) for name in known.required for way in known.columns[name].ways for part in way.parts}
    needed |= {one for name in all_names if AGAIN.search(name) for one in (name, AGAIN.sub("", name))}
    names = [name for name in all_names if name in needed or chance.random() < 0.8]
    names += [f"新しい列{number}" for number in range(chance.randint(0, 3))]
    chance.shuffle(names)
    for second in filter(AGAIN.search, all_names):
        first, last = sorted(names.index(name) for name in (second, AGAIN.sub("", second)))
        names[first], names[last] = AGAIN.sub("", second), second
    return names


def assert_no_swap(known: Feed, names: list[str], row: dict[str, str]) -> None:
    """See that each column holds what stood under its own names, and the first of them if that is plain."""
    tokens = {f"⟨{at}⟩": name for at, name in enumerate(names)}
    for name, column in known.columns.items():
        found = [tokens[token] for token in TOKEN.findall(row[name] or "")]
        assert set(found) <= {str(part) for part in column.parts()}, name
        there = [way.parts[0] for way in column.ways if way.parts[0] in names]
        assert not there or column.matching or found[:1] == [str(there[0])], name
    assert {tokens[text]: key for key, text in json.loads(row["extra"]).items()}.items() <= {
        name: name for name in names
    }.items()


def permuted(folder: Path, *, permutations: int, start: int) -> str:
    """Columns in any order, of all CSV feeds in turn; what was counted."""
    known = [one for one in FEEDS.values() if one.format == "csv"]
    chance = random.Random(start)  # noqa: S311  # any order will do
    columns = refused = 0
    for number in range(permutations):
        one = known[number % len(known)]
        names = mixed(one, chance)
        content = table(one, names, [[f"⟨{at}⟩" for at in range(len(names))]], "utf-8")
        assert isinstance(land_one(folder / "home", one, "x", content, marker=MARKER), Parsed)
        [row] = pending(folder / "home", one)
        assert_no_swap(one, names, row)
        columns += len(names)
        lost = {str(way.parts[0]) for way in one.columns[chance.choice(one.required)].ways}
        content = table(one, [name for name in names if AGAIN.sub("", name) not in lost], [], "utf-8")
        refused += isinstance(land_one(folder / "without", one, "x", content, marker=MARKER), Fault)
        shutil.rmtree(folder / "home")
        shutil.rmtree(folder / "without")
    assert refused == permutations
    return f"{permutations} permutations of {len(known)} feeds, {columns} columns: 0 swaps; {refused} refused"


def test_columns_never_swap(tmp_path: Path) -> None:
    assert permuted(tmp_path, permutations=40, start=6)


@pytest.mark.long
def test_columns_never_swap_in_any_order(tmp_path: Path) -> None:
    print(permuted(tmp_path, permutations=2_000, start=60))
