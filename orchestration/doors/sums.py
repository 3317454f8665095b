"""What an order prints as its total is the sum of its parts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orchestration.doors.rule import FILE, ROW, Rule, decimal, grouped, name, rule_in_sql, texts
from orchestration.doors.setting import Setting

FACTORS = 3  # more of them do not fit into a decimal
BROKEN = """
    select {FILE}, min({ROW}) as {ROW}
    from (select {FILE}, {ROW}, {grouped}, {total_cell} as total_cell, {cells} from {{batch}})
    group by {FILE}, grouped, alone
    having count(total_cell) > 0
        and ({odd} or coalesce({torn}, false) or abs(min(value0) - (0 {sum})) > {tolerance})
"""


class Term(NamedTuple):
    """A part of a sum: what it reads of each row, and what an order makes of that."""

    words: str
    columns: tuple[str, ...]
    value: str  # of a row; null where there is none
    odd: str  # whether a row's cells are filled and make no value
    once: bool  # whether the order says it once, however many rows repeat it


def sum_of(setting: Setting) -> Iterator[Rule]:
    """Each order's total is the sum of its parts: `{total, group, plus, minus, tolerance}`, or a list of it.

    `plus` and `minus` list columns that an order says once, repeated on its rows or not, and
    `{lines: [column, …], where: {column: [value, …]}}`: the product of up to three columns, summed over the
    rows (where the other column has one of these values; '' is blank). Blank is nothing; a blank total is not
    asked.
    """
    for one in setting.many() if isinstance(setting.found, list) else [setting]:
        yield _sum_of(one.keyed("total", "group", "plus", "tolerance", optional=("minus",)))


def _sum_of(said: dict[str, Setting]) -> Rule:
    total, group, tolerance = said["total"].text(), said["group"].text(), said["tolerance"].number()
    minus = said["minus"].many() if "minus" in said else []
    signed = [("+", _term(one)) for one in said["plus"].many()] + [("-", _term(one)) for one in minus]
    broken = BROKEN.format(
        FILE=FILE,
        ROW=ROW,
        grouped=grouped(group),
        total_cell=name(total),
        tolerance=tolerance,
        **_parts([("+", _once(total)), *signed]),
    )
    words = " ".join(f"{sign} {term.words}" for sign, term in signed).removeprefix("+ ")
    return rule_in_sql(
        f"{total} is {words} in each {group}, within {tolerance}",
        columns=(group, total, *(column for _, term in signed for column in term.columns)),
        unexpected=broken,
        group=group,
    )


def _parts(signed: Sequence[tuple[str, Term]]) -> dict[str, str]:
    """SQL for the cells of a row, what is wrong with an order, and its sum; the first term is the total."""
    numbered = [(at, sign, term) for at, (sign, term) in enumerate(signed)]
    once = [at for at, _, term in numbered if term.once]
    return {
        "cells": ", ".join(f"{term.value} as value{at}, {term.odd} as odd{at}" for at, _, term in numbered),
        "odd": " or ".join(f"bool_or(odd{at})" for at, _, _ in numbered),
        "torn": " or ".join(f"min(value{at}) <> max(value{at})" for at in once),
        "sum": " ".join(
            f"{sign} coalesce({'min' if term.once else 'sum'}(value{at}), 0)"
            for at, sign, term in numbered[1:]
        ),
    }


def _term(setting: Setting) -> Term:
    return _once(setting.text()) if isinstance(setting.found, str) else _lines(setting)


def _once(column: str) -> Term:
    value = decimal(column, digits=14)
    return Term(column, (column,), value, f"({name(column)} is not null and {value} is null)", once=True)


def _lines(setting: Setting) -> Term:
    said = setting.keyed("lines", optional=("where",))
    columns = said["lines"].texts()
    if len(columns) > FACTORS:
        raise said["lines"].fault(f"at most {FACTORS} columns")
    where = {column: values.texts() for column, values in said["where"].each()} if "where" in said else {}
    counted = [f"coalesce({name(column)}, '') in ({texts(values)})" for column, values in where.items()]
    filled = f"coalesce({', '.join(map(name, columns))}) is not null"
    product = " * ".join(decimal(column, digits=12) for column in columns)
    holds = " and ".join([filled, *counted])
    return Term(
        f"lines of {' × '.join(columns)}",
        (*columns, *where),
        f"case when {holds} then {product} end",
        f"({holds} and ({product}) is null)",
        once=False,
    )
