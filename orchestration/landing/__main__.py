"""Command line of landing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from orchestration.landing.catalogue import feeds
from orchestration.landing.land import land
from orchestration.landing.results import Landed

app = typer.Typer(no_args_is_help=True, add_completion=False)

Home = Annotated[Path, typer.Option(envvar="JOREN_HOME", help="folder of everything Joren keeps")]
Shop = Annotated[Path | None, typer.Option(envvar="JOREN_SHOP", help="folder with the shop's own feeds")]


@app.callback()
def main() -> None:
    """Files become Parquet."""


@app.command("land")
def land_all(home: Home = Path("var"), shop: Shop = None) -> None:
    """Land what lies ready in all inboxes."""
    landed = [land(home=home.absolute(), feed=feed, now=datetime.now(UTC)) for feed in feeds(shop)]
    console = Console()
    console.print(_table(landed))
    for one in landed:
        for refusal in one.refused:
            console.print(f"refused: {refusal.message}", soft_wrap=True, markup=False)
        for name in one.waiting:
            console.print(f"waiting: {name} ({one.feed}): no marker, changed within a minute", markup=False)


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
