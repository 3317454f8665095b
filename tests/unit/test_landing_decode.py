"""Bytes become text strictly or not at all."""

from pathlib import Path

import pytest

from orchestration.landing.reading.decode import Text, text_of
from orchestration.landing.results import Fault

ANY = ("utf-8", "cp932")
GOOD = ["髙橋", "山﨑", "①②", "㈱常連", "10～20", "－", "ソ表能十", "ｶﾅ", "一\n二", "表\t裏\r\n"]
JUNK = [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"]


def encoding_of(path: Path, *, encodings: tuple[str, ...]) -> str | Fault:
    found = text_of(path, encodings=encodings)
    return found.encoding if isinstance(found, Text) else found


def lines(path: Path, encoding: str) -> list[str]:
    return list(Text(path, encoding, "", "").lines())


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_what_shops_write_reads_as_written(tmp_path: Path, text: str, encoding: str) -> None:
    path = written(tmp_path, f"{text}\n".encode(encoding))
    found = encoding_of(path, encodings=ANY)
    assert found == encoding
    assert "".join(lines(path, encoding)) == f"{text}\n"


@pytest.mark.parametrize("junk", JUNK)
def test_bytes_that_cp932_lets_pass_without_meaning_are_refused(tmp_path: Path, junk: bytes) -> None:
    fault = encoding_of(written(tmp_path, "表".encode("cp932") + junk + b"\n"), encodings=ANY)
    assert isinstance(fault, Fault)


@pytest.mark.parametrize("text", ["a\x7fb", "\x0b\x7f", "a\x85b", "\ue000", "\uf8f1", "\uf8ff", "\U0010fffd"])
def test_late_control_and_private_use_characters_are_refused_in_utf_8(tmp_path: Path, text: str) -> None:
    fault = encoding_of(written(tmp_path, f"表{text}".encode()), encodings=ANY)
    assert isinstance(fault, Fault)
    assert "U+" in fault.found


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x1f"])
def test_a_control_character_is_told(tmp_path: Path, control: str) -> None:
    found = text_of(written(tmp_path, f"表\n{control}\x0b\n".encode()), encodings=ANY)
    assert isinstance(found, Text)
    assert found.control == control


@pytest.mark.parametrize("gaiji", [b"\xf0\x40", b"\xf9\xfc"])
def test_a_character_that_the_shop_drew_itself_is_refused_in_cp932(tmp_path: Path, gaiji: bytes) -> None:
    fault = encoding_of(written(tmp_path, "高".encode("cp932") + gaiji + b"\n"), encodings=("cp932",))
    assert isinstance(fault, Fault)
    assert fault.found in {"U+E000 in cp932 text", "U+E757 in cp932 text"}


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + "注文ID\n".encode())
    assert encoding_of(path, encodings=ANY) == "utf-8"
    assert lines(path, "utf-8") == ["注文ID\n"]


@pytest.mark.parametrize("content", [b"\x81", b"\xff\xfea\0", "🎉".encode("utf-16"), b"\x81 "])
def test_nothing_is_guessed_and_no_text_is_told(tmp_path: Path, content: bytes) -> None:
    fault = encoding_of(written(tmp_path, b"SECRET" + content), encodings=ANY)
    assert isinstance(fault, Fault)
    assert "SECRET" not in f"{fault}"


def test_an_encoding_that_the_feed_does_not_name_is_refused(tmp_path: Path) -> None:
    fault = encoding_of(written(tmp_path, "表".encode("cp932")), encodings=("utf-8",))
    assert isinstance(fault, Fault)


def test_characters_astride_two_blocks_are_whole(tmp_path: Path) -> None:
    text = "a" + "表" * (1 << 20) + "\n"
    path = written(tmp_path, text.encode("cp932"))
    assert encoding_of(path, encodings=ANY) == "cp932"
    assert "".join(lines(path, "cp932")) == text
