"""JSON is read without losing anything, and printed again; numbers keep their digits."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from orchestration.landing.reading.decode import FORBIDDEN

DEEPEST = 50
LARGEST_DOCUMENT = 1 << 25  # characters; as Python objects a document takes ten times as much memory


class JsonError(ValueError):
    """A text that is no JSON, or JSON that may not come in; says why, never with a value."""


class Number(str):
    """A number as its source prints it."""

    __slots__ = ()


def read_json_text(text: str) -> Any:  # noqa: ANN401  # JSON
    """Read one JSON value: dict, list, str, Number, bool or None.

    Raises:
        JsonError: for what is no JSON, holds a key twice, NaN, control or private-use characters or half
            characters, or is nested deeper than anything a shop would write.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise JsonError(f"no JSON: {error.msg} at character {error.pos}") from error
    except RecursionError as error:
        raise JsonError(f"nested deeper than {DEEPEST}") from error
    _look_through(value, may_escape="\\" in text)
    return value


def printed(value: Any) -> str:  # noqa: ANN401  # JSON
    """Print a value as a cell: texts and numbers bare, null blank, the rest as JSON."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else json_text(value)


def json_text(value: Any) -> str:  # noqa: ANN401  # JSON
    """Print a value as JSON, numbers with the digits they came with."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {json_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return _quoted(value)


def _quoted(value: str | bool | None) -> str:  # noqa: FBT001  # JSON
    return json.dumps(value, ensure_ascii=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise JsonError("a key stands twice in one object")
    return found


def _no_number(_: str) -> NoReturn:
    raise JsonError("no JSON: NaN or Infinity")


def _look_through(value: Any, *, may_escape: bool) -> None:  # noqa: ANN401  # JSON
    """Measure depth and look at the characters that escapes can bring in past the decoding."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise JsonError(f"nested deeper than {DEEPEST}")
        if may_escape:
            _look_at(level)
        level = [inner for outer in level for inner in _inside(outer)]
        depth += 1


def _inside(value: Any) -> Iterator[Any]:  # noqa: ANN401  # JSON
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _look_at(values: list[Any]) -> None:
    for value in values:
        if isinstance(value, str) and (junk := FORBIDDEN.search(value) or _HALF.search(value)):
            raise JsonError(f"U+{ord(junk[0]):04X} in a text")


_HALF = re.compile("[\ud800-\udfff]")
_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Number, parse_int=Number, parse_constant=_no_number
)
