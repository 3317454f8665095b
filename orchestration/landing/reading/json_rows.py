"""The rows of a JSON document, or of a file with one JSON value a line."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.decode import Text, controlled, is_ended
from orchestration.landing.reading.header import label, missing_columns
from orchestration.landing.reading.json_columns import JsonColumns, is_blank
from orchestration.landing.reading.json_text import LARGEST_DOCUMENT, JsonError, json_text, read_json_text
from orchestration.landing.reading.parts import Opened, Part, RefusedRow, chunks
from orchestration.landing.reading.unfold import unfold
from orchestration.landing.results import Fault

ROW_WEIGHT = 300  # bytes that a row costs beside its characters
BROKEN_OFF = "a last line that breaks off"


class Told(NamedTuple):
    """A row, or what stands where one should be.

    Attributes:
        row: the object; None where there is none: with a reason, or without one for a blank line.
        reason: why it cannot be read.
        text: what came, if it cannot be read.
        weight: its share of the file's characters.
    """

    row: Any
    reason: str
    text: str
    weight: int


def open_json(text: Text, feed: Feed) -> Opened | Fault:
    """Read a document, or begin to read lines."""
    if text.control:
        return controlled(text, text.control)
    lists = tuple(feed.rows.split(".")) if feed.rows else ()
    rows = _of_lines(text, lists) if reads_lines(text, feed) else _of_document(text, lists)
    return rows if isinstance(rows, Fault) else Opened(text.encoding, "", (), (), _parts(rows, feed))


def reads_lines(text: Text, feed: Feed) -> bool:
    """Whether lines are read: not where the feed has documents, or one was printed over many lines."""
    if feed.format == "json":
        return False
    try:
        read_json_text(next(text.lines()))
    except JsonError:
        return isinstance(document_of(text), Fault)
    return True


def document_of(text: Text) -> Any:  # noqa: ANN401  # JSON
    """Read a whole document, or say in a Fault why not."""
    content = text.start(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        return json_fault(f"a document of more than {LARGEST_DOCUMENT} characters")
    try:
        return read_json_text(content)
    except JsonError as error:
        return json_fault(str(error))


def json_fault(found: str) -> Fault:
    """Explain why JSON cannot be read."""
    return Fault(
        found=found,
        expected="JSON as the feed's `rows:` describes it",
        remedy="The file was cut off, damaged, or is another answer. Fetch it again, a large one in pieces.",
    )


def _of_document(text: Text, lists: tuple[str, ...]) -> Iterator[Told | Fault] | Fault:
    document = document_of(text)
    if isinstance(document, Fault):
        return document
    try:
        rows = list(unfold(document, lists))
    except JsonError as error:
        return json_fault(str(error))
    return (_told(row, ROW_WEIGHT) for row in rows)


def _of_lines(text: Text, lists: tuple[str, ...]) -> Iterator[Told | Fault]:
    for line in text.lines():
        if not line.strip():
            yield Told(None, "", "", len(line))
            continue
        try:
            rows = list(unfold(read_json_text(line), lists))
        except JsonError as error:
            yield Told(None, str(error), line, len(line)) if is_ended(line) else json_fault(BROKEN_OFF)
            continue
        yield from (_told(row, len(line) // len(rows)) for row in rows)


def _told(row: Any, weight: int) -> Told:  # noqa: ANN401  # JSON
    if isinstance(row, dict):
        return Told(row, "", "", weight)
    return Told(None, "no object where a row should be", json_text(row), weight)


def _parts(stream: Iterable[Told | Fault], feed: Feed) -> Iterator[Part | Fault]:
    columns, counted = JsonColumns(feed), 0
    for chunk in chunks(enumerate(stream, start=1), _weight):
        part = _told_apart(chunk, columns)
        yield part
        if isinstance(part, Fault):
            return
        counted += len(part.numbers)
    if counted and (missing := [label(feed, name) for name in columns.unseen() if name in feed.required]):
        yield missing_columns(f"{counted} rows without {', '.join(missing)}", feed)


def _weight(numbered: tuple[int, Told | Fault]) -> int:
    told = numbered[1]
    return ROW_WEIGHT + told.weight if isinstance(told, Told) else 0


def _told_apart(chunk: Iterable[tuple[int, Told | Fault]], columns: JsonColumns) -> Part | Fault:
    numbers, rows, refused, blank, physical = [], [], [], 0, 0
    for number, told in chunk:
        if isinstance(told, Fault):
            return told
        physical += 1
        if told.reason:
            refused.append(RefusedRow(number, told.reason, told.text))
        elif is_blank(told.row):
            blank += 1
        else:
            numbers.append(number)
            rows.append(told.row)
    return Part(numbers, columns.made(rows) if rows else [], refused, blank, physical)
