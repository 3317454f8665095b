"""The entrance door: what lies pending is let in or refused, file by file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.doors.expectations import met
from orchestration.doors.results import Failing, Judgement, Outcome, RefusedFile
from orchestration.doors.rule import EXPORTED_AT, FILE, ROW, Rule, name, texts
from orchestration.doors.rules import DoorError, rules_of
from orchestration.doors.shelf import Pending, Shelf, admit, refuse

ROWS_LISTED = 1_000


def judge(*, home: Path, feed_name: str, door: Mapping[str, object], since: datetime) -> Judgement:
    """Judge everything pending in a feed and move each file where it belongs; without a row nothing is asked.

    Killed at any instant it leaves every file pending, let in or refused; the next call completes the work.

    Args:
        home: folder of everything Joren keeps.
        feed_name: whose files.
        door: the feed's `door:` section.
        since: aware; when the run began, so that a file refused knows whether it came in it.

    Raises:
        DoorError: for a section that cannot be understood.
    """
    rules, shelf = rules_of(door), Shelf(home=home, feed_name=feed_name)
    files = shelf.pending()
    outcomes = _outcomes([file for file in files if file.rows], rules)
    refused = {refusal.sha256: refusal for refusal in _refusals(feed_name, files, outcomes)}
    for file in files:
        _move(shelf, file, refused.get(file.sha256))
    return Judgement(
        feed=feed_name,
        since=since,
        rows=sum(file.rows for file in files),
        outcomes=outcomes,
        passed=tuple(file.said["file"] for file in files if file.sha256 not in refused),
        refused=tuple(refused.values()),
        newest_refused=shelf.newest_refused(),
    )


def _move(shelf: Shelf, file: Pending, refusal: RefusedFile | None) -> None:
    if refusal:
        refuse(shelf, file, refusal)
    else:
        admit(shelf, file)


def _outcomes(files: Sequence[Pending], rules: Sequence[Rule]) -> tuple[Outcome, ...]:
    if not files or not rules:
        return ()
    table = _table(files, rules)
    return tuple(
        Outcome(
            rule=rule.words,
            expectation=rule.expectation,
            blocks=rule.blocks,
            success=success,
            failing=() if success else _failing(files, rule, table),
        )
        for rule, success in zip(rules, met(table, rules), strict=True)
    )


def _table(files: Sequence[Pending], rules: Sequence[Rule]) -> str:
    columns = sorted({column for rule in rules for column in rule.columns})
    for file in files:
        if missing := set(columns) - file.columns:
            raise DoorError(f"door: no column {', '.join(sorted(missing))}. Correct the feed's YAML.")
    cells = ", ".join(f"nullif(trim({name(column)}), '') as {name(column)}" for column in columns)
    paths = texts([str(file.path) for file in files])
    return f"select {FILE}, {ROW}, {EXPORTED_AT}, {cells} from read_parquet([{paths}])"


def _failing(files: Sequence[Pending], rule: Rule, table: str) -> tuple[Failing, ...]:
    unexpected = rule.unexpected.replace("{batch}", f"({table})")
    listed = f"""
        select {FILE}, {ROW}, count(*) over (partition by {FILE}) as total
        from ({unexpected})
        qualify row_number() over (partition by {FILE} order by {ROW}) <= {ROWS_LISTED}
        order by {FILE}, {ROW}
    """
    with duckdb.connect() as connection:
        rows = connection.execute(listed).fetchall()
    counts = {sha256: count for sha256, _, count in rows}
    return tuple(
        Failing(
            sha256=file.sha256,
            file=file.said["file"],
            count=counts.get(file.sha256, 0),
            rows=tuple(row for sha256, row, _ in rows if sha256 == file.sha256),
        )
        for file in files
        if file.sha256 in counts or not counts  # a rule broken nowhere in particular is broken everywhere
    )


def _refusals(feed_name: str, files: Sequence[Pending], outcomes: Sequence[Outcome]) -> Iterator[RefusedFile]:
    for file in files:
        broken = tuple(
            (outcome.rule, failing)
            for outcome in outcomes
            for failing in outcome.failing
            if outcome.blocks and failing.sha256 == file.sha256
        )
        if broken:
            yield RefusedFile(
                feed=feed_name,
                file=file.said["file"],
                sha256=file.sha256,
                landed_at=datetime.fromisoformat(file.said["landed_at"]),
                broken=broken,
            )
