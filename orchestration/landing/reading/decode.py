"""Bytes become text: strictly, in an encoding that the feed names, or not at all."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.landing.keeping.unpack import opened, packed_fault
from orchestration.landing.keeping.zip_directory import PackedError
from orchestration.landing.results import Fault

# Somebody's keyboard or printer left it in a cell; tab and line ends are none.
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
# Signs of a wrong encoding. Private use: there cp932 puts the junk bytes 0xA0, 0xFD-0xFF and 外字.
WRONG = re.compile("[\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
FORBIDDEN = re.compile(f"{CONTROL.pattern}|{WRONG.pattern}")
# All others, the frequent ones first: they are passed over in a third of the time that a search takes.
ALLOWED = re.compile("[\t -~\xa0-\ud7ff\uf900-\U000effff\n\r]*+")
BLOCK = 1 << 20
LONGEST_LINE = 1 << 25  # characters; a longer one would have to be held in memory
CODECS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "cp932": "cp932",
}  # `shift_jis` would refuse 髙 and turn ～ into 〜
MARKS = (b"\xff\xfe", b"\xfe\xff")


class Text(NamedTuple):
    """A file that decodes.

    Attributes:
        path: where it lies, packed or not.
        encoding: in which.
        end: its last character; nothing if it has none.
        control: the first control character in it; nothing if it has none.
    """

    path: Path
    encoding: str
    end: str
    control: str

    def lines(self) -> Iterator[str]:
        """Yield physical lines with their line ends, without a byte order mark."""
        with self.opened() as text:
            yield from text

    def start(self, size: int) -> str:
        """At most so many characters from the beginning."""
        with self.opened() as text:
            return text.read(size)

    def opened(self) -> io.TextIOWrapper:
        """The text from its beginning, with its line ends."""
        return io.TextIOWrapper(opened(self.path), encoding=CODECS[self.encoding], newline="")


def text_of(path: Path, *, encodings: tuple[str, ...]) -> Text | Fault:
    """Find the first encoding that decodes every byte; there is no fallback.

    Returns:
        the text, or why there is none. The Fault names byte positions and code points, never text.
    """
    stops = []
    for encoding in encodings:
        try:
            found = _read_through(path, encoding)
        except UnicodeError as error:
            stops.append(f"no {encoding} ({getattr(error, 'reason', error)})")
        except PackedError as error:
            return packed_fault(error)
        else:
            return _junk(found.found, encoding, encodings) if isinstance(found, _Stop) else found
    return _fault(", ".join(stops), encodings)


def controlled(text: Text, character: str) -> Fault:
    """Explain that a text holds a control character where none may be."""
    return _junk(named(character), text.encoding, (text.encoding,))


def named(character: str) -> str:
    """A character's number, since it cannot be shown."""
    return f"U+{ord(character):04X}"


def is_ended(text: str) -> bool:
    """Whether a text ends with a line end."""
    return text.endswith(("\n", "\r"))


def cut_off(text: Text, *, is_csv: bool, ends: bool) -> Fault | None:
    """Say why a text cannot be whole: it is empty, or a CSV's last row has no line end though it must."""
    if is_ended(text.end) or (text.end and not (is_csv and ends)):
        return None
    return cut_row() if text.end else _cut("an empty file", "a header row" if is_csv else "JSON")


def cut_row() -> Fault:
    """Explain that the last row of a CSV is not whole."""
    return _cut("a last row without a line end", "a header row, and every row to end with a line end")


def _cut(found: str, expected: str) -> Fault:
    remedy = "The file was cut off on its way or while being written. Export it again."
    return Fault(found=found, expected=expected, remedy=remedy)


class _Stop(NamedTuple):
    found: str


def _read_through(path: Path, encoding: str) -> Text | _Stop:
    end, run, control = "", 0, None
    with opened(path) as content:
        _see_mark(content, encoding)
        text = io.TextIOWrapper(content, encoding=CODECS[encoding], newline="")
        while block := text.read(BLOCK):
            if not ALLOWED.fullmatch(block) and (found := FORBIDDEN.search(block)):
                if wrong := WRONG.search(block, found.start()):
                    return _Stop(named(wrong[0]))
                control = control or found[0]
            end = block[-1]
            run = len(block) + (0 if "\n" in block or "\r" in block else run)
            if run > LONGEST_LINE:
                return _Stop(f"a line of more than {LONGEST_LINE} characters")
    return Text(path, encoding, end, control or "")


def _see_mark(content: io.BufferedReader, encoding: str) -> None:
    if encoding == "utf-16" and content.peek(2)[:2] not in MARKS:
        raise UnicodeError("no byte order mark")


def _junk(found: str, encoding: str, encodings: tuple[str, ...]) -> Fault:
    return _fault(f"{found} in {encoding} text", encodings)


def _fault(found: str, encodings: tuple[str, ...]) -> Fault:
    return Fault(
        found=found,
        expected=f"text in {' or '.join(encodings)} without control or private-use characters (外字)",
        remedy="Replace such characters in the shop, export again, and put the file into the inbox unopened.",
    )
