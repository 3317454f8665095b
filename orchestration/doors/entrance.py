"""The entrance door: file by file, what lies pending is let in, whole or in part, or refused."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from orchestration.doors.door import Door
from orchestration.doors.expectations import met
from orchestration.doors.judgement import Judgement
from orchestration.doors.question import failing_in, table_of
from orchestration.doors.results import Failing, JudgedFile, Outcome, RefusedFile
from orchestration.doors.rule import Rule
from orchestration.doors.rules import rules_of
from orchestration.doors.shelf import Pending, Shelf, admit, refuse
from orchestration.doors.verdict import Verdict, verdict_on
from orchestration.doors.volume import days_known


def judge(*, home: Path, door: Door, since: datetime) -> Judgement:
    """Judge everything pending in a feed and move each file where it belongs; without a row nothing is asked.

    Killed at any instant it leaves every file pending, let in or refused; the next call completes the work.

    Args:
        home: folder of everything Joren keeps.
        door: of the feed.
        since: aware; when the run began, so that a file refused knows whether it came in it.

    Raises:
        DoorError: for a section that cannot be understood.
    """
    shelf = Shelf(home=home, feed_name=door.feed)
    files = shelf.pending()
    asked = _asked([file for file in files if file.rows], shelf=shelf, door=door)
    judged, refused = [], []
    for file in files:
        verdict = verdict_on(file, asked, door=door, home=home)
        judged.append(_carry_out(verdict, file, shelf))
        refused.extend([verdict] if isinstance(verdict, RefusedFile) else [])
    return Judgement(
        feed=door.feed,
        since=since,
        files=tuple(judged),
        outcomes=tuple(outcome for _, outcome in asked),
        refused=tuple(refused),
        newest_refused=shelf.newest_refused(),
    )


def _asked(files: Sequence[Pending], *, shelf: Shelf, door: Door) -> Sequence[tuple[Rule, Outcome]]:
    rules = rules_of(door)
    if not files or not rules:
        return ()
    table, home = table_of(files, rules, door=door), shelf.home
    known = days_known(rules, shelf)
    answers = zip(known, met(table, known, home=home), strict=True)
    return [
        (rule, _outcome(rule, () if is_met else failing_in(files, rule, table=table, home=home)))
        for rule, is_met in answers
    ]


def _outcome(rule: Rule, failing: tuple[Failing, ...]) -> Outcome:
    return Outcome(
        rule=rule.words,
        expectation=rule.expectation,
        then=rule.then,
        success=not failing,
        failing=failing,
    )


def _carry_out(verdict: Verdict, file: Pending, shelf: Shelf) -> JudgedFile:
    if isinstance(verdict, RefusedFile):
        refuse(shelf, file, verdict)
    else:
        admit(shelf, file, verdict)
    return JudgedFile(
        file=file.said["file"],
        sha256=file.sha256,
        rows=file.rows,
        quarantined=verdict.num_rows if isinstance(verdict, pa.Table) else 0,
        is_let_in=not isinstance(verdict, RefusedFile),
    )
