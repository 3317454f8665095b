"""Where the one file in a ZIP lies, told by its directory alone; anything unusual is refused."""

import stat
import struct
from typing import BinaryIO, NamedTuple

END = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
LONGEST_COMMENT = (1 << 16) - 1
LARGEST_DIRECTORY = 1 << 17  # of one file: three texts of 64 KiB at the very most are absurd already
ENCRYPTED = 0x1
STORED, DEFLATED = 0, 8
ELSEWHERE = 0xFFFFFFFF  # ZIP64 keeps the number in another place


class PackedError(Exception):
    """A packed file is not what may come in; says what was found."""


class Member(NamedTuple):
    """The packed file: where its bytes begin, their number packed and unpacked, method and check sum."""

    start: int
    packed: int
    size: int
    method: int
    crc: int


def only_member(file: BinaryIO) -> Member:
    """Find the one regular file.

    Raises:
        PackedError: for more or fewer files, folders, links, names that lead elsewhere, encryption, ZIP64,
            other methods than deflate, and a directory that does not fit the file.
    """
    length, directory, at = _directory(file)
    _, made, _, flags, method, _, _, crc, packed, size, *lengths, start = ENTRY.unpack_from(directory)
    name_length, extra_length, comment_length, _, _, attributes = lengths
    name = directory[ENTRY.size : ENTRY.size + name_length]
    if ENTRY.size + name_length + extra_length + comment_length != len(directory):
        raise PackedError("a ZIP with more than one file")
    _regular(name, attributes >> 16 if made >> 8 else 0)
    if flags & ENCRYPTED or method not in (STORED, DEFLATED) or ELSEWHERE in (packed, size, start):
        raise PackedError("a ZIP with a password, of another method than deflate, or of the form ZIP64")
    begin = _begin(file, start, name)
    if start or begin + packed > at or at + len(directory) > length:
        raise PackedError("a ZIP whose parts overlap or lie elsewhere")
    return Member(begin, packed, size, method, crc)


def _directory(file: BinaryIO) -> tuple[int, bytes, int]:
    length = file.seek(0, 2)
    file.seek(max(0, length - END.size - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        raise PackedError("a ZIP that was cut off")
    _, disk, first_disk, here, entries, size, start, _ = END.unpack_from(tail, at)
    if (disk, first_disk, here, entries) != (0, 0, 1, 1) or not ENTRY.size <= size <= LARGEST_DIRECTORY:
        raise PackedError("a ZIP with more or fewer than one file")
    if start + size != length - len(tail) + at:
        raise PackedError("a ZIP whose parts overlap or lie elsewhere")
    file.seek(start)
    directory = file.read(size)
    if not directory.startswith(b"PK\x01\x02"):
        raise PackedError("a damaged ZIP")
    return length, directory, start


def _regular(name: bytes, mode: int) -> None:
    parts = name.replace(b"\\", b"/").split(b"/")
    leads_away = b".." in parts or not parts[0] or b":" in name or b"\0" in name
    if leads_away or not parts[-1] or (stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
        raise PackedError("a ZIP that holds a folder, a link, or a name that leads elsewhere")


def _begin(file: BinaryIO, start: int, name: bytes) -> int:
    file.seek(start)
    local = file.read(LOCAL.size)
    if len(local) < LOCAL.size or not local.startswith(b"PK\x03\x04"):
        raise PackedError("a damaged ZIP")
    *_, name_length, extra_length = LOCAL.unpack(local)
    if file.read(name_length) != name:
        raise PackedError("a ZIP that names its file in two ways")
    return start + LOCAL.size + len(name) + int(extra_length)
