"""PHP's fputcsv as EC-CUBE uses it: on cp932 bytes, with the escape sign 0x5C left at its default.

Many kanji (ソ 表 能 十 予) end in the byte 0x5C. PHP takes that byte for an escape sign: the field is
enclosed without need, and a quote right after it is not doubled. Source: ext/standard/file.c, php_fputcsv.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

_NEEDS_ENCLOSURE = re.compile(rb'[,"\\\n\r\t ]')
_QUOTE_NOT_ESCAPED = re.compile(rb'(?<!\\)"')


@lru_cache(maxsize=1 << 10)
def cell(text: str) -> bytes:
    """One field; signs that cp932 does not know (emoji) become a question mark."""
    raw = text.encode("cp932", errors="replace")
    if not _NEEDS_ENCLOSURE.search(raw):
        return raw
    return b'"' + _QUOTE_NOT_ESCAPED.sub(b'""', raw) + b'"'


def cells(texts: Iterable[str]) -> bytes:
    """Neighbouring fields of one line, without the line end."""
    return b",".join(map(cell, texts))


def money(yen: int) -> str:
    """Whole yen as the shop prints them: `1000.00`."""
    return f"{yen}.00"


def moment(at: datetime | None) -> str:
    """A time as the shop prints it: `1997-01-01 12:34:56`, wall clock in Japan; blank for None."""
    return str(at) if at else ""
