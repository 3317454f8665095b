"""Paths into JSON: keys with dots between, such as `OrdererModel.familyName`.

`[…]` after a key chooses from the list there: `breakdowns[type=ITEM].subtotal.amount` the first element whose
key has that value, `transactions[kind=SALE,status=SUCCESS].id` the first that fits all, `lines[sku]` the
first that has the key at all, `taxLines[0].rate` by number. An object counts as a list of one, so that a
path may begin with such a step and ask something of the row itself: `[__typename=LineItem].id`.
"""

import re
from functools import cache
from typing import Any, Final, NamedTuple

from orchestration.landing.mapping.column import Listed
from orchestration.landing.reading.json_text import json_text, printed

STEP = re.compile(r"(?P<key>[^.\[\]]*)(?P<chooses>\[(?P<which>[^\[\]]+)\])?(?:\.(?!\Z)|\Z)")
NOWHERE: Final = object()


class PathError(ValueError):
    """A text that is no path; says what was expected."""


class Step(NamedTuple):
    """One step: a key, and of a list there the first element that fits, from the element `skip` on.

    Attributes:
        key: nothing: the place where the path stands already.
        chooses: whether a list there is chosen from.
        fits: keys that an element must have, with their values; None: any value.
        skip: how many elements that fit are passed over.
    """

    key: str
    chooses: bool
    fits: tuple[tuple[str, str | None], ...]
    skip: int


@cache
def read_path(text: str) -> tuple[Step, ...]:
    """Understand a path.

    Raises:
        PathError: for a text that is none.
    """
    steps: list[Step] = []
    at = 0
    while at < len(text) or not steps:
        match = STEP.match(text, at)
        if not match or not match[0].strip("."):
            raise PathError("keys with dots between, each maybe with [key=value], [key] or [number]")
        steps.append(_step(match["key"], match["which"] or ""))
        at = match.end()
    return tuple(steps)


def _step(key: str, which: str) -> Step:
    if which.isdecimal():
        return Step(key, True, (), int(which))  # noqa: FBT003  # a named tuple's field
    pairs = [one.partition("=") for one in which.split(",")] if which else []
    return Step(key, bool(which), tuple((has, value if sign else None) for has, sign, value in pairs), 0)


def whole_key(path: tuple[Step, ...]) -> str:
    """Dotted keys of a path that leads to one place in a row; nothing where it chooses from a list."""
    chooses = any(step.key and step.chooses for step in path)
    return "" if chooses else ".".join(step.key for step in path if step.key)


def follow(value: Any, path: tuple[Step, ...]) -> Any:  # noqa: ANN401  # JSON
    """Find what a path leads to: a value, None where there is nothing, NOWHERE where a key is missing."""
    for step in path:
        if step.key and isinstance(value, dict):
            value = value.get(step.key, NOWHERE)
        elif step.key:
            return NOWHERE
        if step.chooses and value is not NOWHERE:
            value = next(iter(_fitting(value, step)[step.skip :]), None)
        if value is None or value is NOWHERE:
            return value
    return value


def listed(row: Any, asked: Listed) -> str | None:  # noqa: ANN401  # JSON
    """Elements of a list as JSON; nothing if none fits, None where there is no such list."""
    found = follow(row, read_path(asked.path))
    if found is NOWHERE:
        return None
    fitting = _fitting(found, Step("", True, asked.where, 0))  # noqa: FBT003  # a named tuple's field
    told = [{key: _told(one, path) for key, path in asked.each} for one in fitting]
    return json_text(told) if told else ""


def _told(element: Any, path: str) -> Any:  # noqa: ANN401  # JSON
    value = follow(element, read_path(path))
    return None if value is NOWHERE else value


def _fitting(value: Any, step: Step) -> list[Any]:  # noqa: ANN401  # JSON
    elements = value if isinstance(value, list) else [] if value is None else [value]
    return [one for one in elements if not step.fits or _fits(one, step)]


def _fits(one: Any, step: Step) -> bool:  # noqa: ANN401  # JSON
    return isinstance(one, dict) and all(
        one.get(has) is not None and wanted in (None, printed(one[has])) for has, wanted in step.fits
    )
