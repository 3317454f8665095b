"""Bytes become text: strictly, in an encoding that the feed names, or not at all."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.landing.keeping.unpack import opened, packed_fault
from orchestration.landing.keeping.zip_directory import PackedError
from orchestration.landing.results import Fault

# Controls but tab and line ends, and private use: there cp932 puts the junk bytes 0xA0, 0xFD-0xFF and 外字.
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
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
    """

    path: Path
    encoding: str
    end: str

    def lines(self) -> Iterator[str]:
        """Yield physical lines with their line ends, without a byte order mark."""
        with io.TextIOWrapper(opened(self.path), encoding=CODECS[self.encoding], newline="") as text:
            yield from text

    def start(self, size: int) -> str:
        """At most so many characters from the beginning."""
        with io.TextIOWrapper(opened(self.path), encoding=CODECS[self.encoding], newline="") as text:
            return text.read(size)


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
            return (
                _fault(f"{found.found} in {encoding} text", encodings) if isinstance(found, _Stop) else found
            )
    return _fault(", ".join(stops), encodings)


def cut_off(text: Text, *, is_csv: bool) -> Fault | None:
    """Say why a text cannot be whole: it is empty, or a CSV's last row has no line end."""
    if text.end in ("\n", "\r") or (text.end and not is_csv):
        return None
    return Fault(
        found="a last row without a line end" if text.end else "an empty file",
        expected="a header row, and every row to end with a line end" if is_csv else "JSON",
        remedy="The file was cut off on its way or while being written. Export it again.",
    )


class _Stop(NamedTuple):
    found: str


def _read_through(path: Path, encoding: str) -> Text | _Stop:
    end, run = "", 0
    with opened(path) as content:
        _see_mark(content, encoding)
        text = io.TextIOWrapper(content, encoding=CODECS[encoding], newline="")
        while block := text.read(BLOCK):
            if found := FORBIDDEN.search(block):
                return _Stop(f"U+{ord(found[0]):04X}")
            end = block[-1]
            run = len(block) + (0 if "\n" in block or "\r" in block else run)
            if run > LONGEST_LINE:
                return _Stop(f"a line of more than {LONGEST_LINE} characters")
    return Text(path, encoding, end)


def _see_mark(content: io.BufferedReader, encoding: str) -> None:
    if encoding == "utf-16" and content.peek(2)[:2] not in MARKS:
        raise UnicodeError("no byte order mark")


def _fault(found: str, encodings: tuple[str, ...]) -> Fault:
    return Fault(
        found=found,
        expected=f"text in {' or '.join(encodings)} without control or private-use characters (外字)",
        remedy="Replace such characters in the shop, export again, and put the file into the inbox unopened.",
    )
