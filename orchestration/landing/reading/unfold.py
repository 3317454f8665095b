"""A JSON document unfolds into rows: one for each element of the lists that the feed names.

In a row each unfolded list is replaced by its one element, so that paths read straight through it. An order
with an empty list still is one row.
"""

from collections.abc import Iterator
from typing import Any

from orchestration.landing.reading.json_text import JsonError


def unfold(document: Any, lists: tuple[str, ...]) -> Iterator[Any]:  # noqa: ANN401  # JSON
    """Yield the rows of a document; what is no object where a row should be comes as it is.

    Args:
        document: as read.
        lists: keys of the lists to unfold, the outermost first; none: the document, or its list, is the row.

    Raises:
        JsonError: where the outermost list is missing.
    """
    if not lists:
        yield from document if isinstance(document, list) else [document]
        return
    if not isinstance(document, dict) or lists[0] not in document:
        raise JsonError(f"no {lists[0]}")
    for element in _elements(document[lists[0]]):
        yield from _below(element, lists[1:])


def _below(element: Any, lists: tuple[str, ...]) -> Iterator[Any]:  # noqa: ANN401  # JSON
    if not lists or not isinstance(element, dict) or lists[0] not in element:
        yield element
        return
    for inner in _elements(element[lists[0]]) or [None]:
        for row in _below(inner, lists[1:]):
            yield {**element, lists[0]: row}


def _elements(value: Any) -> list[Any]:  # noqa: ANN401  # JSON
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
