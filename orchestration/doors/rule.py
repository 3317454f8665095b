"""One thing expected of the rows, and how it is said in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FILE, ROW, EXPORTED_AT = "_file_sha256", "_row_number", "_exported_at"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing expected of the rows.

    Attributes:
        words: what is expected.
        columns: the columns it reads; a blank cell is null.
        expectation: class in Great Expectations.
        arguments: of that expectation.
        unexpected: SQL for the file and number of each row that breaks it; `{batch}` is the table judged.
        blocks: whether a file that breaks it is refused; otherwise it only warns.
    """

    words: str
    columns: tuple[str, ...]
    expectation: str
    arguments: Mapping[str, object]
    unexpected: str
    blocks: bool = True


def rule_in_sql(words: str, *, columns: tuple[str, ...], unexpected: str) -> Rule:
    """Make a rule that Great Expectations checks by asking for the rows that break it."""
    return Rule(
        words=words,
        columns=columns,
        expectation="UnexpectedRowsExpectation",
        arguments={"unexpected_rows_query": _with_literal_braces(unexpected)},
        unexpected=unexpected,
    )


def rows_where(condition: str) -> str:
    """Rows for which a condition holds."""
    return f"select {FILE}, {ROW} from {{batch}} where {condition}"


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


def _with_literal_braces(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}").replace("{{batch}}", "{batch}")
