r"""The section `columns:` of a feed's YAML.

    order_id: [注文ID, Order ID]                      the first of these headers that is there
    phone: {join: [電話番号1, 電話番号2], by: '-'}     parts of one value, blank parts left out
    phone: {first_filled: [TEL, 携帯電話番号]}         row by row the first that is not blank
    line_id: {of: [id], matching: 'LineItem/(\d+)'}  the pattern's first group; else blank
    order_id: {carried: [Id], along: [Name]}          where blank, as in the row above with the same Name
    refunds: {list: transactions, where: {kind: REFUND}, each: {amount: money.amount}}    JSON only

A list may hold joins; `matching` may stand beside each of the others but `list`.
"""

import re

from orchestration.landing.mapping.column import Column, Listed, Way
from orchestration.landing.mapping.page import Page

EXPECTED = "a list of headers, or a mapping with join, first_filled, of, carried or list"
SHAPES = {
    "join": {"by"},
    "first_filled": set(),
    "of": set(),
    "carried": {"along"},
    "list": {"where", "each"},
}  # each with the keys that must stand beside it


def read_columns(page: Page) -> dict[str, Column]:
    """Understand `columns:`."""
    found = page.section("columns")
    return {name: _column(found, name) for name in found.content}


def _column(page: Page, name: str) -> Column:
    said = page.content[name]
    if isinstance(said, list):
        return Column(ways=_ways(page, name, said), looks_on=False, matching="", along=())
    if not isinstance(said, dict) or len(shapes := SHAPES.keys() & said.keys()) != 1:
        page.wrong(name, repr(said), EXPECTED)
    (shape,) = shapes
    section = page.section(name)
    section.holds((shape, *SHAPES[shape]), () if shape == "list" else ("matching",))
    if shape == "list":
        return Column(ways=(_listed(section),), looks_on=False, matching="", along=())
    return Column(
        ways=(_join(page, name, said),) if shape == "join" else _ways(page, name, said[shape]),
        looks_on=shape == "first_filled",
        matching=_matching(section),
        along=_ways(page, name, said["along"]) if shape == "carried" else (),
    )


def _ways(page: Page, name: str, said: object) -> tuple[Way, ...]:
    if not isinstance(said, list) or not said:
        page.wrong(name, repr(said), EXPECTED)
    ways = tuple(
        _join(page, name, one) if isinstance(one, dict) else Way(parts=page.texts_in(name, [one]), by="")
        for one in said
    )
    if len(set(ways)) < len(ways):
        page.wrong(name, "a header twice", "each header once")
    return ways


def _join(page: Page, name: str, said: dict[str, object]) -> Way:
    by = said.get("by")
    if said.keys() - {"matching"} != {"join", "by"} or not isinstance(by, str) or not said["join"]:
        page.wrong(name, repr(said), "{join: [headers], by: text}")
    return Way(parts=page.texts_in(name, said["join"]), by=by)


def _listed(page: Page) -> Way:
    where, each = page.section("where"), page.section("each")
    listed = Listed(
        path=page.text("list"),
        where=tuple((key, where.text(key)) for key in where.content),
        each=tuple((key, each.text(key)) for key in each.content),
    )
    return Way(parts=(listed,), by="")


def _matching(page: Page) -> str:
    pattern = page.any_text("matching")
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        page.wrong("matching", str(error), "a regular expression")
    if pattern and groups != 1:
        page.wrong("matching", pattern, "one group, which is the value")
    return pattern
