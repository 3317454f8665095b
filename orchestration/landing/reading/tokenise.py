"""Text becomes records: strict CSV, the exact inverse of PHP's `fputcsv`, and text without any quoting.

`fputcsv` works on bytes with the escape character 0x5C: a quote right after that byte is not doubled. Many
cp932 characters end in 0x5C (ソ 表 能 十 予 …), so `表"A` is written `"表"A"`. Such a quote gets its double
back before a strict CSV reader sees the line. One shape is ambiguous in itself: a *value* in which 0x5C and a
quote are followed by the delimiter or a line end. It reads as the end of the field; the row's width tells.
Source: `php_fputcsv` in php-src, ext/standard/file.c; formats.md 1.4.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from orchestration.landing.mapping.feed import Quoting
from orchestration.landing.results import Fault

LARGEST_CELL = 1 << 24  # characters; what is longer is a quote that nobody closed
MANY_LINES = 1 << 14  # of one record; each as a text of its own takes ten times its characters
BACKSLASH = "\\"
csv.field_size_limit(LARGEST_CELL)


class Record(NamedTuple):
    """One record.

    Attributes:
        cells: its values; empty for a blank line.
        text: its characters as they came, line end included.
        reason: why the cells could not be told apart; empty if they could.
    """

    cells: list[str]
    text: str
    reason: str


class Grammar(NamedTuple):
    """How `fputcsv` writes: patterns for a delimiter and an encoding.

    Attributes:
        lone: a quote after 0x5C that stands for itself without being doubled.
        close: a quote after 0x5C that closes a field, or is ambiguous.
        cell: a field, in which a lone quote may stand for itself.
    """

    lone: re.Pattern[str]
    close: re.Pattern[str]
    cell: re.Pattern[str]

    def mend(self, line: str) -> str:
        """Double the quotes that `fputcsv` did not."""
        return self.lone.sub('""', line)

    def cells(self, line: str) -> list[str] | None:
        """Read a whole record in which a quote is not doubled; None if that could be read in two ways."""
        if self.close.search(line):
            return None
        cells, at, stop = [], 0, len(line.rstrip("\r\n"))
        while match := self.cell.match(line, at):
            cells.append(match[2] if match[1] is None else match[1].replace('""', '"'))
            if match.end() == stop:
                return cells
            at = match.end() + 1
        return None


def records(
    lines: Iterable[str], *, delimiter: str, quoting: Quoting, encoding: str
) -> Iterator[Record | Fault]:
    """Split physical lines into records.

    Args:
        lines: with their line ends, split at LF, CRLF or CR.
        delimiter: one character.
        quoting: `fputcsv` also reads a lone quote in a one-line record as itself; `none` knows no quotes.
        encoding: decides which characters end in the byte 0x5C.

    Returns:
        the header first; a Fault where a quoted field never ends, after which nothing can be trusted.
    """
    if quoting == "none":
        return (Record(line.rstrip("\r\n").split(delimiter), line, "") for line in lines)
    return _quoted(lines, delimiter, grammar_of(delimiter, encoding) if quoting == "fputcsv" else None)


def mended(lines: list[str], *, delimiter: str, encoding: str) -> list[str]:
    """Double the quotes that `fputcsv` did not, in lines of which no record spans two."""
    grammar = grammar_of(delimiter, encoding)
    return list(map(grammar.mend, lines)) if grammar.lone.search("".join(lines)) else lines


def _quoted(lines: Iterable[str], delimiter: str, grammar: Grammar | None) -> Iterator[Record | Fault]:
    taken: list[str] = []
    reader = csv.reader(_noting(lines, taken, grammar), delimiter=delimiter, strict=True)
    while True:
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _unclosed(taken) or _unreadable(taken, grammar)
        else:
            yield Record(cells, "".join(taken), "")


def _noting(lines: Iterable[str], taken: list[str], grammar: Grammar | None) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        if len(taken) >= MANY_LINES:
            taken[:] = ["".join(taken)]
        yield grammar.mend(line) if grammar else line
    taken.append("")  # the reader asked beyond the last line


def _unclosed(taken: list[str]) -> Fault | None:
    if taken[-1] and sum(map(len, taken)) <= LARGEST_CELL:
        return None
    return Fault(
        found="a quoted value that never ends",
        expected="every opening quote to be closed",
        remedy="The file was cut off or damaged on its way. Export it again.",
    )


def _unreadable(taken: list[str], grammar: Grammar | None) -> Record:
    cells = grammar.cells(grammar.mend(taken[0])) if grammar and len(taken) == 1 else None
    return Record(cells or [], "".join(taken), "" if cells else "a quote inside a value is not doubled")


@lru_cache
def grammar_of(delimiter: str, encoding: str) -> Grammar:
    """How `fputcsv` writes with this delimiter in this encoding."""
    mark, escaped = re.escape(delimiter), f'"(?<=[{re.escape(escapes(encoding))}]")'
    end = rf"(?=[{mark}\r\n]|\Z)"
    return Grammar(
        # An even run of quotes before more text is what a writer that doubles all quotes makes: left alone.
        lone=re.compile(rf'{escaped}(?=(?:"")*[^{mark}\r\n"]|"+{end})'),
        close=re.compile(escaped + end),
        cell=re.compile(rf'"((?:[^"\r\n]|""|"(?![{mark}\r\n]|\Z))*+)"{end}|(?!")([^{mark}\r\n]*){end}'),
    )


def escapes(encoding: str) -> str:
    """Characters whose last byte is 0x5C."""
    leads = range(0x81, 0xFD) if encoding == "cp932" else ()
    pairs = (bytes((lead, 0x5C)).decode("cp932", "ignore") for lead in leads)
    return BACKSLASH + "".join(pair for pair in pairs if len(pair) == 1)
