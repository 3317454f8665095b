"""How many rows a file holds."""

from collections.abc import Iterator, Sequence
from datetime import UTC

from orchestration.doors.rule import EXPORTED_AT, FILE, ROW, Rule, rule_in_sql
from orchestration.doors.setting import Setting
from orchestration.doors.shelf import Shelf

DAYS_KEPT, DAYS_NEEDED = 8, 3  # of one weekday: two months of them, and fewer than three are no habit
TOKYO = "interval 9 hour"  # weekdays are Japan's, without summer time since 1952; times here are UTC
UNUSUAL = f"""
    select {FILE}, cast(null as bigint) as {ROW}
    from (
        select now.{FILE}, now.rows, earlier.rows as usual
        from (
            select {FILE}, min({EXPORTED_AT}) as exported_at, count(*) as rows
            from {{batch}}
            group by {FILE}
        ) as now
        inner join {{let_in}} as earlier
            on earlier.exported_at < now.exported_at
            and isodow(earlier.exported_at + {TOKYO}) = isodow(now.exported_at + {TOKYO})
        qualify row_number() over (
            partition by now.{FILE} order by earlier.exported_at desc, earlier.rows
        ) <= {DAYS_KEPT}
    )
    group by {FILE}, rows
    having count(*) >= {DAYS_NEEDED}
        and not rows between median(usual) * {{least}} and median(usual) * {{most}}
"""


def row_count(setting: Setting) -> Iterator[Rule]:
    """`{least_ratio: n, most_ratio: n}`: as many rows as usual on that weekday, or so.

    Usual is the median of the last 8 files that were exported before, on that weekday (Asia/Tokyo), and let
    in; with fewer than 3 nothing is expected.
    """
    said = setting.keyed("least_ratio", "most_ratio")
    least, most = said["least_ratio"].number(), said["most_ratio"].number()
    unexpected = UNUSUAL.replace("{least}", str(least)).replace("{most}", str(most))
    words = f"the rows are {least} to {most} times as many as usual on that weekday"
    yield rule_in_sql(words, columns=(), unexpected=unexpected)


def days_known(rules: Sequence[Rule], shelf: Shelf) -> list[Rule]:
    """Give the rules that ask for it the table of the files let in before."""
    if not any(rule.asks_of_days for rule in rules):
        return [*rules]
    let_in = _let_in(shelf)
    return [rule.knowing(let_in) for rule in rules]


def _let_in(shelf: Shelf) -> str:
    """SQL of (exported_at, rows) of each file let in; what was quarantined had come, and counts."""
    days = "".join(
        f", (timestamp '{file.exported_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}', {file.rows + file.taken})"
        for file in shelf.let_in()
    )
    return f"(select * from (values (null::timestamp, 0){days}) as day (exported_at, rows))"
