"""Command line of landing."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from orchestration.home import HomeBusyError, furnish, hold
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import FeedError, feeds
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault, Landed
from orchestration.landing.trying.starter import starter
from orchestration.landing.trying.trial import try_file
from orchestration.landing.trying.trial_report import told

app = typer.Typer(no_args_is_help=True, add_completion=False)

Home = Annotated[Path, typer.Option(envvar="JOREN_HOME", help="folder of everything Joren keeps")]
Shop = Annotated[Path | None, typer.Option(envvar="JOREN_SHOP", help="folder with the shop's own feeds")]
Wait = Annotated[
    float, typer.Option("--wait-seconds", help="how long another process may still work on the home")
]


@app.callback()
def main() -> None:
    """Files become Parquet."""


@app.command("land")
def land_all(home: Home = Path("var"), shop: Shop = None, wait_seconds: Wait = 600) -> None:
    """Land what lies ready in all inboxes."""
    home = home.absolute()
    known = _known(shop)
    furnish(home)
    try:
        with hold(home, wait_seconds=wait_seconds):
            now = datetime.now(UTC)
            landed = [land(home=home, feed=feed, now=now) for feed in known]
            write_catalogue(home=home, feeds=known)
    except HomeBusyError as busy:
        sys.exit(str(busy))
    _tell(landed)


@app.command("try")
def try_one(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="any export or API answer")],
    shop: Shop = None,
    write: Annotated[Path | None, typer.Option(help="where to put a starting point for its mapping")] = None,
) -> None:
    """Say which feed and kind a file is and how it would land; nothing is landed."""
    known = _known(shop)
    trial = try_file(file, known)
    for line in told(trial):
        print(line)
    if isinstance(trial.look, Fault) or (trial.match and not write):
        return
    page = starter(trial.look, file.name, known)
    if write:
        write.parent.mkdir(parents=True, exist_ok=True)
        write.write_text(page, "utf-8")
    else:
        print(f"\n{page}", end="")


def _known(shop: Path | None) -> tuple[Feed, ...]:
    try:
        return feeds(shop)
    except FeedError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error


def _tell(landed: list[Landed]) -> None:
    console = Console()
    console.print(_table(landed))
    for one in landed:
        for refusal in one.refused:
            console.print(f"refused: {refusal.message}", soft_wrap=True, markup=False)
        for warning in one.warnings:
            console.print(f"warning: {warning}", soft_wrap=True, markup=False)
        for name in one.restated:
            console.print(f"restated: {name} ({one.feed}): exported again, unchanged", markup=False)
        for name in one.waiting:
            console.print(f"waiting: {name} ({one.feed}): no marker, or just changed", markup=False)


def _table(landed: list[Landed]) -> Table:
    table = Table("feed", "file", "encoding", "rows", "quarantined", "blank")
    for one in landed:
        for file in one.parsed:
            counts = (file.landed, file.quarantined, file.blank)
            table.add_row(one.feed, file.file, file.encoding, *map(str, counts))
        for name in one.duplicates:
            table.add_row(one.feed, name, "landed before", *3 * ["-"])
    return table


if __name__ == "__main__":
    app()
