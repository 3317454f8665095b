"""Packed files are read as what they hold: one gzip or ZIP member, streamed, within limits."""

import io
import zlib
from pathlib import Path
from typing import BinaryIO

from orchestration.landing.keeping.zip_directory import STORED, Member, PackedError, only_member
from orchestration.landing.results import Fault

GZIP, ZIP = b"\x1f\x8b", b"PK"
BLOCK = 1 << 16
LARGEST = 1 << 34  # bytes unpacked
RATIO = 200  # text of orders packs 5 to 30 times; deflate can reach 1,032
FREE = 1 << 22  # bytes unpacked before the ratio is looked at
GZIP_BITS, RAW_BITS = 31, -15


def opened(path: Path) -> io.BufferedReader:
    """Open a file's content, unpacked if its first bytes say that it is packed, whatever its name.

    Raises:
        PackedError: here or while reading, for what `packed_fault` explains.
    """
    file = path.open("rb")
    magic = file.read(2)
    file.seek(0)
    if magic not in (GZIP, ZIP):
        return file
    try:
        return io.BufferedReader(_Unpacked(file, only_member(file) if magic == ZIP else None), BLOCK)
    except PackedError:
        file.close()
        raise


def packed_fault(error: PackedError) -> Fault:
    """Explain a refusal."""
    return Fault(
        found=str(error),
        expected=f"one file, packed once by gzip or ZIP, of at most {LARGEST >> 30} GiB unpacked and "
        f"{RATIO} times its packed size",
        remedy="Put the file into the inbox unpacked, or pack it alone.",
    )


class _Unpacked(io.RawIOBase):
    """The bytes of one member; checks at the end that it was whole and the only one."""

    def __init__(self, file: BinaryIO, member: Member | None) -> None:
        self._file, self._member = file, member
        self._left = member.packed if member else -1
        self._stored = member is not None and member.method == STORED
        self._inflate = zlib.decompressobj(RAW_BITS if member else GZIP_BITS)
        self._taken = self._given = self._crc = 0
        file.seek(member.start if member else 0)
        if member and member.size > LARGEST:
            raise PackedError(f"a packed file of more than {LARGEST >> 30} GiB")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._next(len(buffer))
        if not self._given and data.startswith((GZIP, ZIP + b"\x03\x04")):
            raise PackedError("a packed file inside a packed file")
        self._given += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if self._given > LARGEST or self._given > FREE + RATIO * self._taken:
            raise PackedError("a packed file that grows beyond all measure")
        if not data:
            self._see_end()
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _next(self, size: int) -> bytes:
        while not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._read(size)
            if self._stored:
                return packed
            try:
                data = self._inflate.decompress(packed, size)
            except zlib.error as error:
                raise PackedError("a damaged packed file") from error
            if data:
                return data
            if not packed and not self._inflate.eof:
                raise PackedError("a packed file that was cut off")
        return b""

    def _read(self, size: int) -> bytes:
        wanted = min(BLOCK, size) if self._left < 0 else min(BLOCK, size, self._left)
        packed = self._file.read(wanted)
        self._left -= len(packed) if self._left >= 0 else 0
        self._taken += len(packed)
        return packed

    def _see_end(self) -> None:
        member = self._member
        if member and (self._given, self._crc, self._left) != (member.size, member.crc, 0):
            raise PackedError("a damaged packed file")
        if self._inflate.unused_data or (not member and self._file.read(1)):
            raise PackedError("a packed file with more than one member, or something after it")
