"""`python -m orchestration`: the daily job, now, through Dagster, and what happened."""

import os
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import dagster as dg
import duckdb
import typer

from orchestration.definitions import definitions
from orchestration.home import furnish
from orchestration.publish.warehouse import doubts
from orchestration.settings import read_settings

Facts = Mapping[str, Mapping[str, Any]]
Day = Annotated[str, typer.Option("--as-of", help="The day, YYYY-mm-dd; today in Japan unless given.")]

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
STATES = """
select label_ja, state, customers from rpt_state_counts
where scheme = 'lifecycle' and scope = 'all' and closed_on = (select max(closed_on) from rpt_state_counts)
order by customers desc
"""
DUE = "select sum(due), sum(candidates) from rpt_steps_due"


def main(as_of: Day = "") -> None:
    """Run the daily job and print what happened; exit code 1 when a step failed."""
    if as_of:
        date.fromisoformat(as_of)
    home = read_settings(os.environ).home
    furnish(home)
    os.environ.setdefault("DAGSTER_HOME", str(home / "dagster"))
    with (home / "dagster" / "last_run.log").open("w") as log, redirect_stdout(log):
        result = _execute(as_of)
    for line in (*_failures(result), *_doubts(_facts(result), home), *_story(_facts(result), home)):
        typer.echo(line)
    raise typer.Exit(code=0 if result.success else 1)


def _execute(as_of: str) -> dg.ExecuteInProcessResult:
    job = definitions().resolve_job_def("daily")
    config = {**QUIET, "resources": {"house": {"config": {"as_of": as_of}}}}
    with dg.DagsterInstance.get() as instance:
        return job.execute_in_process(instance=instance, run_config=config, raise_on_error=False)


def _failures(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """What went wrong, in the words of the error or of the door."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = (error.cause or error) if error else None
            yield f"FAILED {event.step_key}: {cause.message.strip() if cause else event.message}"
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            word = "REFUSED" if check.severity is dg.AssetCheckSeverity.ERROR else "WARNED"
            yield f"{word} {check.asset_key.to_user_string()} {check.check_name}: {_said(check)}"


def _doubts(facts: Facts, home: Path) -> Iterator[str]:
    """What dbt's tests warn of, if they have run to their end."""
    if "marts" in facts:
        yield from (f"WARNED {name}: {said}" for name, said in doubts(home / "warehouse.duckdb"))


def _said(check: dg.AssetCheckEvaluation) -> str:
    said = (check.metadata.get(name) for name in ("refused", "warnings"))
    return "; ".join(str(one.value) for one in said if one and one.value)


def _facts(result: dg.ExecuteInProcessResult) -> Facts:
    """Metadata of each asset made, by its key."""
    made = (
        event.step_materialization_data.materialization
        for event in result.all_events
        if event.is_step_materialization
    )
    return {
        asset.asset_key.to_user_string(): {name: value.value for name, value in asset.metadata.items()}
        for asset in made
    }


def _story(facts: Facts, home: Path) -> Iterator[str]:
    yield from _landed({key: said for key, said in facts.items() if key.startswith("landing/")})
    if "marts" in facts:
        yield from _stand(home / "marts" / "marts.duckdb")
        yield f"published version {facts['marts']['version']}: {home / 'marts' / 'marts.duckdb'}"
    if "mail/plan" in facts:
        yield from _steps("decided", facts["mail/plan"])
    if "mail/send" in facts:
        yield from _steps("sent", facts["mail/send"])
        sent = facts["mail/send"]["accepted"]
        yield f"{sent} mails sent" if sent else "nothing new sent"
        yield f"outbox: {home / 'outbox'}"


def _landed(feeds: Facts) -> Iterator[str]:
    for key, said in feeds.items():
        if said["files"] or said["physical"]:
            rows, taken_out = said["rows"], said["taken out at the door"]
            aside = said["quarantined"] + taken_out
            yield f"{key}: {said['files']} files, {rows - taken_out:,} rows, {aside} quarantined"
    if not any(said["files"] for said in feeds.values()):
        yield "nothing new landed"


def _stand(marts: Path) -> Iterator[str]:
    with duckdb.connect(marts, read_only=True) as reader:
        for label, state, customers in reader.execute(STATES).fetchall():
            yield f"{customers:>9,}  {label} ({state})"
        due, permitted = reader.execute(DUE).fetchall()[0]
    yield f"{due or 0} messages due, {permitted or 0} of them permitted"


def _steps(verb: str, said: Mapping[str, Any]) -> Iterator[str]:
    for record in said["steps"].records if "steps" in said else ():
        yield f"{verb}: " + ", ".join(
            f"{name} {value}" for name, value in record.data.items() if value != "0"
        )


if __name__ == "__main__":
    typer.run(main)
