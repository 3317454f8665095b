"""A first look at a file of which nothing is known yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from orchestration.landing.mapping.feed import Format, Quoting
from orchestration.landing.mapping.feed_sense import ENCODINGS
from orchestration.landing.reading.decode import Text, cut_off, text_of
from orchestration.landing.reading.json_rows import document_of
from orchestration.landing.reading.json_text import JsonError, read_json_text
from orchestration.landing.reading.tokenise import Record, records
from orchestration.landing.results import Fault

LINES_READ = 200


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a file is, as far as it tells by itself.

    Attributes:
        text: the file.
        format: what it holds.
        documents: of JSON: the document, or what the first lines hold; else nothing.
    """

    text: Text
    format: Format
    documents: tuple[Any, ...]

    def header(self, delimiter: str, quoting: Quoting) -> list[str]:
        """The first record's cells under a delimiter; nothing if there is none."""
        lines = self.text.lines()
        found = next(records(lines, delimiter=delimiter, quoting=quoting, encoding=self.text.encoding), None)
        return found.cells if isinstance(found, Record) else []


def look_at(path: Path) -> Look | Fault:
    """Find a file's encoding and format."""
    text = text_of(path, encodings=ENCODINGS)
    if isinstance(text, Fault):
        return text
    if not text.end and (empty := cut_off(text, is_csv=True, ends=False)):
        return empty
    if text.start(1 << 10).lstrip()[:1] not in ("{", "["):
        return Look(text=text, format="csv", documents=())
    lines = tuple(islice(_lines(text), LINES_READ))
    if lines and len(list(islice(text.lines(), 2))) > 1:
        return Look(text=text, format="jsonl", documents=lines)
    document = document_of(text)
    if isinstance(document, Fault):
        return Look(text=text, format="jsonl", documents=lines) if lines else document
    return Look(text=text, format="json", documents=(document,))


def _lines(text: Text) -> Iterator[Any]:
    """Values of the lines up to the first that is no JSON."""
    for line in text.lines():
        try:
            if line.strip():
                yield read_json_text(line)
        except JsonError:
            return
