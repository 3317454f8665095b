"""Packed files: as they may come, and with all that is wrong with them."""

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable

CONTENT = "注文ID,価格,個数\n1,100,1\n2,200,髙\n".encode("cp932")
LINK, FOLDER = stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o755


def zipped(*files: tuple[str, bytes], mode: int = 0o100644, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            member = zipfile.ZipInfo(name)
            member.external_attr, member.compress_type, member.create_system = mode << 16, method, 3
            archive.writestr(member, content)
    return out.getvalue()


def streamed(content: bytes) -> bytes:
    """A ZIP whose sizes stand after the data, as programs write that cannot go back."""

    class Pipe(io.RawIOBase):
        taken = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.taken += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as file:
        file.write(content)
    return pipe.taken


def bomb(size: int) -> bytes:
    """A gzip of so many equal bytes, made without them."""
    packer, block = zlib.compressobj(9, wbits=31), b"a" * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def changed(content: bytes, at: int, value: bytes) -> bytes:
    return content[:at] + value + content[at + len(value) :]


def entry(content: bytes) -> int:
    return content.index(b"PK\x01\x02")


def overlapping() -> bytes:
    """Two names for the same bytes."""
    two = zipped(("a.csv", CONTENT), ("b.csv", CONTENT))
    second = two.index(b"PK\x01\x02", entry(two) + 4)
    return changed(two, second + 42, struct.pack("<L", 0))


GOOD: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(CONTENT),
    "zip": lambda: zipped(("order.csv", CONTENT)),
    "zip, stored": lambda: zipped(("order.csv", CONTENT), method=zipfile.ZIP_STORED),
    "zip, in a folder": lambda: zipped(("2026/order.csv", CONTENT)),
    "zip, streamed": lambda: streamed(CONTENT),
}
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "gzip bomb": (lambda: bomb(1 << 30), "grows beyond all measure"),
    "zip bomb": (lambda: zipped(("a", b"a" * (1 << 27))), "grows beyond all measure"),
    "two files": (lambda: zipped(("a", CONTENT), ("b", CONTENT)), "more or fewer than one file"),
    "overlapping": (overlapping, "more or fewer than one file"),
    "ten thousand": (lambda: zipped(*((f"{n}", b"") for n in range(10_000))), "more or fewer than one"),
    "no file": (zipped, "more or fewer than one"),
    "a folder": (lambda: zipped(("a/", b""), mode=FOLDER), "a folder, a link, or a name"),
    "a link": (lambda: zipped(("a", b"/etc/passwd"), mode=LINK), "a folder, a link, or a name"),
    "an absolute name": (lambda: zipped(("/etc/a", CONTENT)), "a name that leads elsewhere"),
    "a name upwards": (lambda: zipped(("a/../../b", CONTENT)), "a name that leads elsewhere"),
    "another disk": (lambda: zipped(("C:\\a", CONTENT)), "a name that leads elsewhere"),
    "two members": (lambda: gzip.compress(CONTENT) + gzip.compress(CONTENT), "more than one member"),
    "something after": (lambda: gzip.compress(CONTENT) + b"x", "more than one member"),
    "gzip in gzip": (lambda: gzip.compress(gzip.compress(CONTENT)), "inside a packed file"),
    "zip in gzip": (lambda: gzip.compress(zipped(("a", CONTENT))), "inside a packed file"),
    "gzip cut off": (lambda: gzip.compress(CONTENT)[:-9], "cut off"),
    "zip cut off": (lambda: zipped(("a", CONTENT))[:-9], "cut off"),
    "gzip damaged": (lambda: changed(gzip.compress(CONTENT), 20, b"\xff\xff\xff\xff"), "damaged"),
    "wrong check sum": (lambda: changed(one := zipped(("a", CONTENT)), entry(one) + 16, b"abcd"), "damaged"),
    "wrong size": (lambda: changed(one := zipped(("a", CONTENT)), entry(one) + 24, b"\x09"), "damaged"),
    "elsewhere": (lambda: changed(one := zipped(("a", CONTENT)), entry(one) + 42, b"\x01"), "damaged"),
    "too long": (lambda: changed(one := zipped(("a", CONTENT)), entry(one) + 20, b"\xff"), "overlap"),
    "password": (lambda: changed(one := zipped(("a", CONTENT)), entry(one) + 8, b"\x01"), "password"),
    "two names": (lambda: changed(zipped(("a", CONTENT)), 30, b"b"), "names its file in two ways"),
}
