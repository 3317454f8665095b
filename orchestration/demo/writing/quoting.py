"""How each vendor but EC-CUBE quotes a row: one function a dialect."""

import re
from collections.abc import Iterable
from functools import lru_cache

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^ | $')
_BREAKS = re.compile(r"[\t\r\n]+")


def rakuten(texts: Iterable[str]) -> bytes:
    """cp932, CRLF, every field in quotes."""
    return b",".join(map(_enclosed, texts)) + b"\r\n"


def yahoo(texts: Iterable[str]) -> bytes:
    """cp932, CRLF, quotes where needed."""
    return b",".join(_cp932(_rfc4180(text)) for text in texts) + b"\r\n"


def amazon(texts: Iterable[str]) -> bytes:
    """cp932, tabs; quotes are letters, so a field can hold neither tab nor line end."""
    return b"\t".join(_cp932(_BREAKS.sub(" ", text)) for text in texts) + b"\r\n"


def shopify(texts: Iterable[str]) -> bytes:
    """UTF-8, LF, quotes where needed."""
    return plain(texts)


def plain(texts: Iterable[str]) -> bytes:
    """Our own formats: UTF-8, LF, RFC 4180."""
    return (",".join(map(_rfc4180, texts)) + "\n").encode()


@lru_cache(maxsize=1 << 14)
def _enclosed(text: str) -> bytes:
    return b'"' + _cp932(text.replace('"', '""')) + b'"'


@lru_cache(maxsize=1 << 14)
def _cp932(text: str) -> bytes:
    """Signs that cp932 does not know (emoji) become a question mark."""
    return text.encode("cp932", errors="replace")


@lru_cache(maxsize=1 << 14)
def _rfc4180(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
