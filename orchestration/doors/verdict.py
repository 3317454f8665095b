"""What becomes of a file: refused, let in whole, or let in without some of its rows."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from orchestration.doors.door import Door, Limit
from orchestration.doors.question import table_of, taken_from
from orchestration.doors.results import Failing, Outcome, RefusedFile
from orchestration.doors.rule import Rule, Then
from orchestration.doors.shelf import Pending

Taken: TypeAlias = Any  # a pyarrow.Table of the rows that go, as `question.taken_from` returns it
Verdict: TypeAlias = RefusedFile | Taken | None
Broken: TypeAlias = tuple[tuple[str, Failing], ...]


def verdict_on(file: Pending, asked: Sequence[tuple[Rule, Outcome]], *, door: Door, home: Path) -> Verdict:
    """Decide about a file, after all rules were asked of all that is pending."""
    if broken := _broken(file, asked, "refuse"):
        return _refused(file, broken, door)
    if not (doubts := _broken(file, asked, "quarantine")):
        return None
    rules = [rule for rule, outcome in asked if rule.then == "quarantine" and _failing(file, outcome)]
    table = table_of([file], rules, door=door)
    taken = taken_from(rules, table=table, group=door.group, home=home)
    if beyond := _beyond(file, taken.num_rows, door.limit):
        return _refused(file, (*doubts, (beyond, _whole(file))), door)
    return taken


def _broken(file: Pending, asked: Sequence[tuple[Rule, Outcome]], then: Then) -> Broken:
    return tuple(
        (rule.words, failing)
        for rule, outcome in asked
        for failing in _failing(file, outcome)
        if rule.then == then
    )


def _failing(file: Pending, outcome: Outcome) -> list[Failing]:
    return [failing for failing in outcome.failing if failing.sha256 == file.sha256]


def _beyond(file: Pending, taken: int, limit: Limit) -> str:
    """What is wrong with taking so many rows out, in words; a quiet day's one order may be all there is."""
    quarantined, physical = taken + int(file.said["quarantined"]), int(file.said["physical"])
    if not taken:
        return "the rows in doubt can be told"
    if taken == file.rows and quarantined > limit.rows:
        return "every row is quarantined"
    if limit.refuses and (quarantined > limit.rows or quarantined * 100 > limit.percent * physical):
        return f"at most {limit.rows} rows and {limit.percent:g} % are quarantined"
    return ""


def _whole(file: Pending) -> Failing:
    return Failing(sha256=file.sha256, file=file.said["file"], count=0, rows=())


def _refused(file: Pending, broken: Broken, door: Door) -> RefusedFile:
    return RefusedFile(
        feed=door.feed,
        file=file.said["file"],
        sha256=file.sha256,
        landed_at=datetime.fromisoformat(file.said["landed_at"]),
        broken=broken,
    )
