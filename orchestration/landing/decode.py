"""Bytes become text: strictly, in an encoding that the feed names, or not at all."""

import re
from collections.abc import Iterator
from pathlib import Path

from orchestration.landing.results import Fault

# Controls but tab and line ends, and private use: there cp932 puts the junk bytes 0xA0, 0xFD-0xFF and 外字.
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
BLOCK = 1 << 20
CODECS = {"utf-8": "utf-8-sig", "cp932": "cp932"}  # `shift_jis` would refuse 髙 and turn ～ into 〜


def encoding_of(path: Path, *, encodings: tuple[str, ...]) -> str | Fault:
    """Find the first encoding that decodes every byte; there is no fallback.

    Returns:
        one of `encodings`, or why none fits. The Fault names byte positions and code points, never text.
    """
    stops = []
    for encoding in encodings:
        try:
            junk = _junk(path, encoding)
        except UnicodeDecodeError as error:
            stops.append(f"no {encoding} ({error.reason})")
            continue
        return _fault(f"U+{ord(junk):04X} in {encoding} text", encodings) if junk else encoding
    return _fault(", ".join(stops), encodings)


def text_lines(path: Path, *, encoding: str) -> Iterator[str]:
    """Yield physical lines with their line ends, without a byte order mark."""
    with path.open(encoding=CODECS[encoding], newline="") as text:
        yield from text


def _junk(path: Path, encoding: str) -> str:
    with path.open(encoding=CODECS[encoding], newline="") as text:
        while block := text.read(BLOCK):
            if found := FORBIDDEN.search(block):
                return found[0]
    return ""


def _fault(found: str, encodings: tuple[str, ...]) -> Fault:
    return Fault(
        found=found,
        expected=f"text in {' or '.join(encodings)} without control or private-use characters (外字)",
        remedy="Replace such characters in the shop, export again, and put the file into the inbox unopened.",
    )
