"""`python -m orchestration.demo`: write the demo shop's export files into the inbox."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration.demo.cdnow import WheelMissingError
from orchestration.demo.exports import Written, write_exports
from orchestration.demo.nights import write_night
from orchestration.settings import SettingsError, read_settings

AFTER_CDNOW = date(1998, 7, 1)
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def main(
    *,
    spread: Annotated[bool, typer.Option("--spread", help="let the shop live on from day to day")] = False,
    customers: Annotated[int | None, typer.Option(min=1, help="only the first so many customers")] = None,
    until: Day = None,
    since: Day = None,
    home: Annotated[Path | None, typer.Option(help="JOREN_HOME")] = None,
) -> None:
    """Export what happened before `until` (default: 1998-07-01, with --spread today in Japan)."""
    try:
        folder = (home or read_settings(os.environ).home).absolute()
        written = _write(folder, spread=spread, customers=customers, until=_day(until), since=_day(since))
    except (SettingsError, WheelMissingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for file in written:
        typer.echo(f"{file.path}: {file.rows:,} rows")
    if not written:
        typer.echo("demo shop: this day has been exported before, nothing written")


def _write(
    home: Path, *, spread: bool, customers: int | None, until: date | None, since: date | None
) -> tuple[Written, ...]:
    if spread:
        today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
        return write_night(home=home, until=until or today, since=since, customers=customers)
    return write_exports(home=home, until=until or AFTER_CDNOW, since=since, customers=customers, anchor=None)


def _day(at: datetime | None) -> date | None:
    return at and at.date()


if __name__ == "__main__":
    app()
