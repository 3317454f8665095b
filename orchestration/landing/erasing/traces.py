"""What is known in clear of somebody who is being erased: to find it where no column says whose it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.erasing.spelling import letters_of, normalised_mail
from orchestration.landing.keeping.unpack import opened
from orchestration.landing.keeping.zip_directory import PackedError

BLANKS = str.maketrans("", "", " -")
BLOCK, OVERLAP = 1 << 20, 1 << 10
ENCODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, kw_only=True)
class Traces:
    """All ways in which he was described.

    Attributes:
        mails: normalised.
        phones: digits.
        names: full names, flat.
        places: post codes (digits) and addresses, flat.
    """

    mails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    def hidden_in(self, text: str) -> bool:
        """Whether a text holds an address of his inside a longer word, or his name with his place."""
        low = normalised_mail(text) if "@" in text or "＠" in text else ""
        return bool(low and _holds(low, self.mails)) or self._at_home(text)

    def name_and_address(self, cells: Sequence[str]) -> bool:
        """Whether a row names him and where he lives."""
        return self._at_home("".join(cells))

    def names_him(self, cell: str) -> bool:
        """Whether a cell holds his full name."""
        return _holds(flat(cell), self.names)

    def _at_home(self, text: str) -> bool:
        plain = flat(text)
        return _holds(plain, self.names) and _holds(plain, self.places)

    @cached_property
    def spelled(self) -> frozenset[bytes]:
        """What a search through bytes looks for: mail addresses, and telephone numbers as mostly written."""
        texts = {*self.mails, *(way for phone in self.phones for way in ways(phone))}
        return frozenset(text.encode(encoding) for text in texts for encoding in ENCODINGS)

    def in_bytes(self, content: bytes) -> bool:
        """Whether bytes hold him, in whatever encoding and case."""
        low = content.lower()
        return any(needle in low for needle in self.spelled)

    def in_file(self, path: Path) -> bool:
        """Whether a file holds him, read as it lies there, unpacked, and cell by cell."""
        if self.in_file_as_it_lies(path):
            return True
        try:
            if path.suffix == ".parquet":
                return any(self.in_bytes(rows.encode()) for rows in _printed(path))
            with opened(path) as file:
                return self._in_stream(file)
        except (PackedError, pa.ArrowInvalid):
            return True  # nobody can tell

    def in_file_as_it_lies(self, path: Path) -> bool:
        """Whether a file's own bytes hold him; some of it at a time."""
        with path.open("rb") as file:
            return self._in_stream(file)

    def _in_stream(self, file: BinaryIO) -> bool:
        before = b""
        while block := file.read(BLOCK):
            if self.in_bytes(before + block):
                return True
            before = block[-OVERLAP:]
        return False


def _printed(path: Path) -> Iterator[str]:
    with pq.ParquetFile(path) as file:
        yield from (str(batch.to_pydict()) for batch in file.iter_batches())


def _holds(text: str, pieces: Iterable[str]) -> bool:
    return any(piece in text for piece in pieces)


def flat(text: str) -> str:
    """Without width, blanks and dashes, as names and addresses are looked for."""
    return letters_of(text).translate(BLANKS)


def ways(phone: str) -> set[str]:
    """A number with and without dashes, whose places differ from town to town."""
    ways = {phone, f"+81{phone[1:]}"}
    for first in range(2, 6):
        middle = len(phone) - 4
        if first < middle:
            ways.add(f"{phone[:first]}-{phone[first:middle]}-{phone[middle:]}")
    return ways
