"""`python -m orchestration.demo`: write the demo shop's export files into the inbox."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration.demo.buying.cdnow import WheelMissingError
from orchestration.demo.buying.histories import Source
from orchestration.demo.people.dirt import Level, level
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.nights import NoSuchShopYetError, OtherShopError, write_night, write_once
from orchestration.demo.writing.plan import ALONE, BARE, Plan, recall
from orchestration.settings import SettingsError, read_settings

AFTER_CDNOW = date(1998, 7, 1)
SIMULATED_CUSTOMERS = 5_000
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


class UnknownChannelError(ValueError):
    """Somebody asked for a shop that the demo does not have."""


class UnknownDirtError(ValueError):
    """Somebody asked for dirt that the demo cannot make."""


UNKNOWN = (UnknownChannelError, UnknownDirtError)
REFUSALS = (SettingsError, WheelMissingError, OtherShopError, NoSuchShopYetError, *UNKNOWN)

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def main(  # noqa: PLR0913  # a command line
    *,
    history: Annotated[Source | None, typer.Option(help="whose purchases (default: cdnow)")] = None,
    spread: Annotated[bool, typer.Option("--spread", "--nightly", help="let the shop live on")] = False,
    customers: Annotated[int | None, typer.Option(min=1, help="only so many customers")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="simulated: new ones come so long")] = None,
    seed: Annotated[int | None, typer.Option(help="simulated: which of all possible shops")] = None,
    dirt: Annotated[str | None, typer.Option(help=f"{', '.join(Level)} or 0 to 3 (default: usual)")] = None,
    channels: Annotated[str | None, typer.Option(help=f"all, or some of {','.join(Channel)}")] = None,
    until: Day = None,
    since: Day = None,
    home: Annotated[Path | None, typer.Option(help="JOREN_HOME")] = None,
) -> None:
    """Export what happened before `until`.

    Without --spread and --history simulated that is CDNOW through EC-CUBE alone, on its own days up to
    1998-07-01. With one of them it is a shop of today with all channels, and stays the shop it was.
    """
    try:
        folder = (home or read_settings(os.environ).home).absolute()
        kept = _kept(folder, history, lives_on=spread or history is Source.SIMULATED)
        plan = _soiled(_plan(kept, history, channels, customers=customers, days=days, seed=seed), dirt)
        _say(_write(folder, plan, grows=spread, until=_day(until), since=_day(since)))
    except REFUSALS as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _plan(  # what may be asked for
    kept: Plan,
    history: Source | None,
    channels: str | None,
    *,
    customers: int | None,
    days: int | None,
    seed: int | None,
) -> Plan:
    """What is asked for goes before what is there."""
    return Plan(
        source=history or kept.source,
        channels=_channels(channels) if channels else kept.channels,
        customers=customers or kept.customers,
        days=days or kept.days,
        seed=kept.seed if seed is None else seed,
        dirt=kept.dirt,
    )


def _soiled(plan: Plan, text: str | None) -> Plan:
    """As dirty as asked for."""
    if text is None:
        return plan
    if plan.is_bare:
        raise UnknownDirtError(
            f"--dirt: found {text}, expected none: CDNOW through EC-CUBE alone is as it is. "
            "Ask for more --channels or --history simulated."
        )
    try:
        return replace(plan, dirt=level(text))
    except ValueError as error:
        raise UnknownDirtError(f"--dirt: found {text}, expected {', '.join(Level)} or 0 to 3") from error


def _kept(home: Path, history: Source | None, *, lives_on: bool) -> Plan:
    """The shop that has begun here; else the one that this kind of call means."""
    memory = recall(home) if lives_on else None
    if memory is not None:
        return memory.plan
    customers = SIMULATED_CUSTOMERS if history is Source.SIMULATED else None
    return replace(BARE, channels=frozenset(Channel) if lives_on else ALONE, customers=customers)


def _channels(text: str) -> frozenset[Channel]:
    names = list(Channel) if text == "all" else text.split(",")
    if unknown := sorted(set(names) - set(Channel)):
        raise UnknownChannelError(f"--channels: found {unknown}, expected all or some of {','.join(Channel)}")
    return frozenset(map(Channel, names))


def _write(
    home: Path, plan: Plan, *, grows: bool, until: date | None, since: date | None
) -> tuple[Written, ...]:
    """CDNOW without --spread keeps its own days; every other shop lives on."""
    if plan.source is Source.CDNOW and not grows:
        return write_once(home=home, plan=plan, until=until or AFTER_CDNOW, since=since)
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    return write_night(home=home, plan=plan, until=until or today, since=since, grows=grows)


def _say(written: tuple[Written, ...]) -> None:
    for file in written:
        typer.echo(f"{file.path}: {file.rows:,} rows")
    if not written:
        typer.echo("demo shop: this day has been exported before, nothing written")


def _day(at: datetime | None) -> date | None:
    return at and at.date()


if __name__ == "__main__":
    app()
