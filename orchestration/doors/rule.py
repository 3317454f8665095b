"""One thing expected of the rows, and how it is said in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

FILE, ROW, EXPORTED_AT, ZONE = "_file_sha256", "_row_number", "_exported_at", "_zone"

Then = Literal["refuse", "quarantine", "warn"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing expected of the rows.

    Attributes:
        words: what is expected.
        columns: the columns it reads; a blank cell is null.
        expectation: class in Great Expectations.
        arguments: of that expectation.
        unexpected: SQL for the file and number of each row that breaks it, of the first row of a group that
            does, or without a number where it is the file; `{batch}` is the table judged (the file, the row,
            its export time in UTC, the zone of the feed, the cells `columns`), `{let_in}` the files let in
            before (exported_at, rows).
        group: the column whose equal values it looks at together.
        then: what becomes of the file, of the rows, or that it is only said.
    """

    words: str
    columns: tuple[str, ...]
    expectation: str
    arguments: Mapping[str, object]
    unexpected: str
    group: str | None = None
    then: Then = "refuse"

    @property
    def asks_of_days(self) -> bool:
        """Whether it needs the table of the files let in before."""
        return "{let_in}" in self.unexpected

    def knowing(self, let_in: str) -> "Rule":
        """The same rule, with the table of the files let in before."""
        if not self.asks_of_days:
            return self
        unexpected = self.unexpected.replace("{let_in}", let_in)
        return replace(self, arguments=_asking(unexpected), unexpected=unexpected)


def rule_in_sql(words: str, *, columns: tuple[str, ...], unexpected: str, group: str | None = None) -> Rule:
    """Make a rule that Great Expectations checks by asking for the rows that break it."""
    return Rule(
        words=words,
        columns=columns,
        expectation="UnexpectedRowsExpectation",
        arguments=_asking(unexpected),
        unexpected=unexpected,
        group=group,
    )


def rows_where(condition: str) -> str:
    """Rows for which a condition holds."""
    return f"select {FILE}, {ROW} from {{batch}} where {condition}"


def rows_unless(column: str, fits: str) -> str:
    """Rows whose cell is filled and does not fit."""
    return rows_where(f"{name(column)} is not null and not coalesce({fits}, false)")


def name(column: str) -> str:
    """Quote a column's name."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Sequence[str]) -> str:
    """Quote some texts."""
    return ", ".join(map(text, values))


def decimal(column: str, *, digits: int) -> str:
    """Read a cell as a number with two decimals; null if it is none."""
    return f"try_cast({name(column)} as decimal({digits}, 2))"


def grouped(group: str) -> str:
    """Cells that tell the groups of a file apart; a row that belongs to none stands alone."""
    return f"{name(group)} as grouped, case when {name(group)} is null then {ROW} end as alone"


def _asking(unexpected: str) -> Mapping[str, object]:
    braced = unexpected.replace("{", "{{").replace("}", "}}")
    return {"unexpected_rows_query": braced.replace("{{batch}}", "{batch}")}
