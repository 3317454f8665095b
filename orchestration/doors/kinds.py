"""The kinds of rules that a `door:` section may hold; each turns its settings into rules."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from orchestration.doors.rule import (
    EXPORTED_AT,
    FILE,
    ROW,
    Rule,
    decimal,
    name,
    rows_where,
    rule_in_sql,
    text,
    texts,
)

TOKYO_HOURS = 9  # printed in Asia/Tokyo, without summer time since 1951; _exported_at is UTC


def present(columns: list[str]) -> Iterator[Rule]:
    """`[column, …]`: no blank cell."""
    for column in columns:
        yield Rule(
            words=f"{column} is present",
            columns=(column,),
            expectation="ExpectColumnValuesToNotBeNull",
            arguments={"column": column},
            unexpected=rows_where(f"{name(column)} is null"),
        )


def present_where(settings: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Rule]:
    """`{column: {other: [value, …]}}`: no blank cell where the other column has one of these values."""
    for column, conditions in settings.items():
        for other, values in conditions.items():
            missing = rows_where(f"{name(column)} is null and {name(other)} in ({texts(values)})")
            words = f"{column} is present where {other} is {', '.join(values)}"
            yield rule_in_sql(words, columns=(column, other), unexpected=missing)


def unique(columns: list[str]) -> Iterator[Rule]:
    """`[column, …]`: together once in a file."""
    key = ", ".join(map(name, (FILE, *columns)))
    yield Rule(
        words=f"{', '.join(columns)} is unique within a file",
        columns=tuple(columns),
        expectation="ExpectCompoundColumnsToBeUnique",
        arguments={"column_list": [FILE, *columns]},
        unexpected=f"select {FILE}, {ROW} from {{batch}} qualify count(*) over (partition by {key}) > 1",
    )


def known(settings: Mapping[str, list[str]]) -> Iterator[Rule]:
    """`{column: [value, …]}`: one of these, or blank."""
    for column, values in settings.items():
        yield Rule(
            words=f"{column} is known",
            columns=(column,),
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": column, "value_set": values},
            unexpected=rows_where(f"{name(column)} not in ({texts(values)})"),
        )


def dated(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[Rule]:
    """`{column: {since: day, hours_ahead: n}}`: blank, or a time from then to n hours after the export."""
    for column, limits in settings.items():
        since, hours = str(limits["since"]), int(limits["hours_ahead"])
        moment = f"try_strptime({name(column)}, ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d'])"
        latest = f"{EXPORTED_AT} + interval {TOKYO_HOURS + hours} hour"
        yield rule_in_sql(
            f"{column} is a time from {since} to {hours} hours after the export",
            columns=(column,),
            unexpected=_unless(column, f"{moment} between cast({text(since)} as timestamp) and {latest}"),
        )


def number(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[Rule]:
    """`{column: {least: n, most: n, whole: true or false}}`: blank, or a number within these bounds.

    A whole one may be printed with a fraction of nothing (1000.00).
    """
    for column, limits in settings.items():
        least, most, whole = int(limits["least"]), int(limits["most"]), bool(limits["whole"])
        value = f"try_cast({name(column)} as decimal(38, 10))"
        fits = f"{value} between {least} and {most}" + (f" and {value} % 1 = 0" if whole else "")
        words = f"{column} is a {'whole ' if whole else ''}number from {least} to {most}"
        yield rule_in_sql(words, columns=(column,), unexpected=_unless(column, fits))


def goods_sum(settings: Mapping[str, str]) -> Iterator[Rule]:
    """Each order's total is the sum of its goods with tax, rounded per piece in one of three ways.

    `{total, group, kind, price, tax_rate, quantity}` are columns; `goods` is the kind that means goods.
    """
    total, group, kind, goods = (settings[key] for key in ("total", "group", "kind", "goods"))
    price, rate, quantity = (settings[key] for key in ("price", "tax_rate", "quantity"))
    sums = ", ".join(
        f"coalesce(sum((price + {rounded}(tax)) * quantity) filter (is_goods), 0)"
        for rounded in ("round", "floor", "ceil")
    )
    unexpected = f"""
        select {FILE}, min({ROW}) as {ROW}
        from (
            select
                {FILE}, {ROW}, {name(group)} as grouped, {name(kind)} = {text(goods)} as is_goods,
                {decimal(total, digits=12)} as total, {decimal(quantity, digits=9)} as quantity,
                {decimal(price, digits=12)} as price,
                {decimal(price, digits=12)} * {decimal(rate, digits=5)} * cast(0.01 as decimal(3, 2)) as tax
            from {{batch}}
        )
        group by {FILE}, grouped
        having min(total) <> max(total) or min(total) not in ({sums})
    """
    words = f"{total} is the sum of the {group}'s goods with tax"
    yield rule_in_sql(words, columns=(group, kind, total, price, rate, quantity), unexpected=unexpected)


KINDS: Mapping[str, Callable[[Any], Iterator[Rule]]] = {
    kind.__name__: kind for kind in (present, present_where, unique, known, dated, number, goods_sum)
}


def _unless(column: str, fits: str) -> str:
    return rows_where(f"{name(column)} is not null and not coalesce({fits}, false)")
