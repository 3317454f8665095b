"""The command line: `python -m mail_jobs plan|send|preview|status`. Only here is the environment read."""

import json
import logging
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mail_jobs.carriers import gateway_of, limits_of
from mail_jobs.clock import jst_day
from mail_jobs.day import plan_day, send_day
from mail_jobs.ledger import look
from mail_jobs.model import MailError
from mail_jobs.preview import preview_day
from mail_jobs.report import status as read_status
from orchestration.settings import Settings, SettingsError, read_settings

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Whom we write to today, once.")
Day = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day; today in Japan unless given."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def plan(as_of: Day = None, *, as_json: Json = False) -> None:
    """Decide the day's candidates and write the decisions down."""
    report = plan_day(home=_settings().home, as_of=_day(as_of), now=_now())
    _show(report, report.rows, as_json=as_json)
    if not as_json:
        print(
            f"{report.as_of}: {report.decided} decided" if report.decided else f"{report.as_of}: nothing new"
        )


@app.command()
def send(
    as_of: Day = None,
    *,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(help="Most messages; with more planned, nothing is sent.")] = 10_000,
) -> None:
    """Send what is planned; in doubt a message is reported and never sent again."""
    settings = _settings()
    report = send_day(
        home=settings.home,
        as_of=_day(as_of),
        gateway=gateway_of(settings),
        limits=limits_of(messages=limit),
        clock=_now,
        wait=time.sleep,
    )
    _show(report, report.rows, as_json=as_json)
    if not as_json:
        print(
            f"{report.as_of}: {report.count('accepted')} sent"
            if report.rows
            else f"{report.as_of}: nothing new"
        )
        _list_unresolved(report.unresolved)
    if report.stopped:
        print(f"stopped: {report.stopped}", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def preview(as_of: Day = None, step: Annotated[str, typer.Option(help="<scenario>/<step>")] = "") -> None:
    """Print one of the day's mails as its reader gets it; nothing is decided, sent or kept."""
    print(preview_day(home=_settings().home, as_of=_day(as_of), campaign=step, now=_now()))


@app.command()
def status(*, as_json: Json = False) -> None:
    """Print where every run stands, and the messages that a person must close."""
    with look(_settings().home) as db:
        found = read_status(db)
    _show(found, found.runs, as_json=as_json)
    if not as_json:
        _list_unresolved(found.unresolved)


def main() -> None:
    """Run a command; an expected refusal is one line and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        app()
    except (MailError, SettingsError) as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def _settings() -> Settings:
    return read_settings(os.environ)


def _now() -> datetime:
    return datetime.now(UTC)


def _day(given: datetime | None) -> date:
    return given.date() if given else jst_day(_now())


def _show(report: Any, rows: Iterable[Any], *, as_json: bool) -> None:  # noqa: ANN401  # any dataclass
    if as_json:
        print(json.dumps(asdict(report), default=str, ensure_ascii=False))
        return
    listed = list(rows)
    if listed:
        names = [column.name for column in fields(listed[0])]
        table = Table(*names, box=None, pad_edge=False)
        for row in listed:
            table.add_row(*(str(getattr(row, name)) for name in names))
        Console().print(table)


def _list_unresolved(names: Iterable[str]) -> None:
    for name in names:
        print(f"unresolved: {name}")


if __name__ == "__main__":
    main()
