"""The table that is judged, and which of its rows break a rule."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.doors.door import Door
from orchestration.doors.duck import bounded
from orchestration.doors.results import Failing
from orchestration.doors.rule import EXPORTED_AT, FILE, ROW, ZONE, Rule, grouped, name, text, texts
from orchestration.doors.setting import DoorError
from orchestration.doors.shelf import Pending

ROWS_LISTED = 1_000
LISTED = """
    select {FILE}, {ROW}, count({ROW}) over (partition by {FILE}) as total
    from ({unexpected})
    qualify row_number() over (partition by {FILE} order by {ROW}) <= {ROWS_LISTED}
    order by {FILE}, {ROW}
"""
# What breaks a rule takes its group along, and each row of the group bears all the rules that its rows break.
TAKEN = """
    with
        judged as (select {ROW}, {grouped} from ({table})),
        broken as ({broken}),
        reasons as (
            select grouped, alone, string_agg(words, '; ' order by rule) as reason
            from (
                select distinct judged.grouped, judged.alone, broken.rule, broken.words
                from broken
                inner join judged on broken.{ROW} = judged.{ROW}
            )
            group by grouped, alone
        )
    select judged.{ROW}, reasons.reason
    from judged
    inner join reasons
        on judged.grouped is not distinct from reasons.grouped
        and judged.alone is not distinct from reasons.alone
    order by judged.{ROW}
"""


def table_of(files: Sequence[Pending], rules: Sequence[Rule], *, door: Door) -> str:
    """SQL of the rows of some files: where they come from, and the cells that rules read, trimmed.

    Raises:
        DoorError: for a column that a file does not have.
    """
    columns = sorted({column for rule in rules for column in rule.columns} | {*filter(None, [door.group])})
    for file in files:
        if missing := [column for column in columns if column not in file.columns]:
            raise DoorError(
                f"{door.feed}.yaml: door: found {', '.join(missing)}, expected columns that the feed maps. "
                "Correct the feed's YAML."
            )
    cells = [f"nullif(trim({name(column)}), '') as {name(column)}" for column in columns]
    said = ", ".join([FILE, ROW, EXPORTED_AT, f"{text(door.zone)} as {ZONE}", *cells])
    return f"select {said} from read_parquet([{texts([str(file.path) for file in files])}])"


def failing_in(files: Sequence[Pending], rule: Rule, *, table: str, home: Path) -> tuple[Failing, ...]:
    """Where a rule is not met: file by file, the numbers of the rows."""
    listed = LISTED.format(FILE=FILE, ROW=ROW, ROWS_LISTED=ROWS_LISTED, unexpected=_asked(rule, table))
    with duckdb.connect(config=bounded(home, "rows")) as connection:
        rows = connection.execute(listed).fetchall()
    counts = {sha256: count for sha256, _, count in rows}
    return tuple(
        Failing(
            sha256=file.sha256,
            file=file.said["file"],
            count=counts.get(file.sha256, 0),
            rows=tuple(row for sha256, row, _ in rows if sha256 == file.sha256 and row is not None),
        )
        for file in files
        if file.sha256 in counts or not counts  # a rule broken nowhere in particular is broken everywhere
    )


def taken_from(rules: Sequence[Rule], *, table: str, group: str | None, home: Path) -> pa.Table:
    """Rows of one file that go: those that break a rule, with all of their group; and why.

    Returns:
        `_row_number`, ascending, and `reason`.
    """
    broken = " union all ".join(
        f"select {number} as rule, {text(rule.words)} as words, {ROW} from ({_asked(rule, table)})"
        for number, rule in enumerate(rules)
    )
    cells = grouped(group) if group else f"null as grouped, {ROW} as alone"
    query = TAKEN.format(ROW=ROW, table=table, grouped=cells, broken=broken)
    with duckdb.connect(config=bounded(home, "rows")) as connection:
        return connection.execute(query).to_arrow_table()


def _asked(rule: Rule, table: str) -> str:
    return rule.unexpected.replace("{batch}", f"({table})")
