"""The kinds of rules that a `door:` section may hold; each turns its settings into rules."""

from collections.abc import Callable, Iterator, Mapping

from orchestration.doors.goods import goods_sum
from orchestration.doors.instants import instant
from orchestration.doors.rule import (
    EXPORTED_AT,
    FILE,
    ZONE,
    Rule,
    name,
    rows_unless,
    rows_where,
    rule_in_sql,
    text,
    texts,
)
from orchestration.doors.setting import Setting
from orchestration.doors.sums import sum_of
from orchestration.doors.volume import row_count

# A cast alone would read 1e3 and 1_000 too; a decimal with room for all of them would cost seconds a column.
PLAIN, WHOLE = r"[+-]?(\d+([.]\d*)?|[.]\d+)", r"[+-]?\d+([.]0*)?"


def present(setting: Setting) -> Iterator[Rule]:
    """`[column, …]`: no blank cell."""
    for column in setting.texts():
        yield Rule(
            words=f"{column} is present",
            columns=(column,),
            expectation="ExpectColumnValuesToNotBeNull",
            arguments={"column": column},
            unexpected=rows_where(f"{name(column)} is null"),
        )


def present_where(setting: Setting) -> Iterator[Rule]:
    """`{column: {other: [value, …], another: {above: n}}}`: no blank cell where all the others are like that.

    The value '' is a blank cell.
    """
    for column, conditions in setting.each():
        held = {other: _held(other, condition) for other, condition in conditions.each()}
        if not held:
            raise conditions.fault("another column and its values")
        words = " and ".join(said for said, _ in held.values())
        missing = rows_where(" and ".join([f"{name(column)} is null", *(sql for _, sql in held.values())]))
        yield rule_in_sql(f"{column} is present where {words}", columns=(column, *held), unexpected=missing)


def _held(other: str, condition: Setting) -> tuple[str, str]:
    """What is asked of the other column, in words and in SQL."""
    if isinstance(condition.found, dict):
        above = condition.keyed("above")["above"].number()
        return f"{other} is above {above}", f"coalesce(try_cast({name(other)} as double) > {above}, false)"
    values = condition.texts()
    said = ", ".join(value or "blank" for value in values)
    return f"{other} is {said}", f"coalesce({name(other)}, '') in ({texts(values)})"


def unique(setting: Setting) -> Iterator[Rule]:
    """`[column, …]`: together once in a file, where none of them is blank."""
    columns = setting.texts()
    key, filled = (
        ", ".join(map(name, columns)),
        " and ".join(f"{name(column)} is not null" for column in columns),
    )
    again = f"count(*) over (partition by {FILE}, {key}) > 1"
    yield Rule(
        words=f"{', '.join(columns)} is unique within a file",
        columns=tuple(columns),
        expectation="ExpectCompoundColumnsToBeUnique",
        arguments={"column_list": [FILE, *columns], "ignore_row_if": "any_value_is_missing"},
        unexpected=f"{rows_where(filled)} qualify {again}",
    )


def known(setting: Setting) -> Iterator[Rule]:
    """`{column: [value, …]}`: one of these, or blank."""
    for column, condition in setting.each():
        values = condition.texts()
        yield Rule(
            words=f"{column} is known",
            columns=(column,),
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": column, "value_set": values},
            unexpected=rows_where(f"{name(column)} not in ({texts(values)})"),
        )


def dated(setting: Setting) -> Iterator[Rule]:
    """`{column: {since: day, hours_ahead: n}}`: blank, or a time from then to n hours after the export.

    The shapes of times that are read are those of `instants.py`.
    """
    for column, limits in setting.each():
        said = limits.keyed("since", "hours_ahead")
        since, hours = said["since"].day(), said["hours_ahead"].number()
        moment = instant(name(column), ZONE)
        earliest = f"timezone('UTC', timezone({ZONE}, timestamp {text(since)}))"
        latest = f"{EXPORTED_AT} + to_seconds({int(hours * 3600)})"
        yield rule_in_sql(
            f"{column} is a time from {since} to {hours} hours after the export",
            columns=(column,),
            unexpected=rows_unless(column, f"{moment} between {earliest} and {latest}"),
        )


def number(setting: Setting) -> Iterator[Rule]:
    """`{column: {least: n, most: n, whole: true or false}}`: blank, or a number within these bounds.

    A whole one may be printed with a fraction of nothing (1000.00). Separators of thousands and signs of
    currency make it no number: no vendor that we know of prints them, so somebody has edited the file.
    """
    for column, limits in setting.each():
        said = limits.keyed("least", "most", "whole")
        least, most, whole = said["least"].number(), said["most"].number(), said["whole"].flag()
        printed = f"regexp_full_match({name(column)}, '{WHOLE if whole else PLAIN}')"
        fits = f"{printed} and try_cast({name(column)} as double) between {least} and {most}"
        words = f"{column} is a {'whole ' if whole else ''}number from {least} to {most}"
        yield rule_in_sql(words, columns=(column,), unexpected=rows_unless(column, fits))


KINDS: Mapping[str, Callable[[Setting], Iterator[Rule]]] = {
    kind.__name__: kind
    for kind in (present, present_where, unique, known, dated, number, goods_sum, sum_of, row_count)
}
OF_FILES = {"row_count"}  # only to warn: on a day of sale a file may hold any number of rows
