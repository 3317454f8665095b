"""`python -m orchestration.publish`: look at the shelf of versions, prove one, go back to one."""

import os
from pathlib import Path

import typer

from orchestration.home import WAIT_SECONDS, hold
from orchestration.publish.contents import verify as verify_version
from orchestration.publish.metrics import PAGE, page
from orchestration.publish.versions import FACTS, current_version, read_version, turn_to
from orchestration.settings import read_settings

app = typer.Typer(help=__doc__, no_args_is_help=True)


@app.command()
def verify(folder: Path) -> None:
    """Compare a written version with what it says about itself."""
    verify_version(folder, read_version(folder / FACTS))


@app.command()
def rollback(number: int) -> None:
    """Let readers see an older version; the next publication moves on from the highest number."""
    home = read_settings(os.environ).home
    with hold(home, wait_seconds=WAIT_SECONDS):
        turn_to(home / "marts", number)


@app.command()
def show() -> None:
    """Print the current version and its tables."""
    version = current_version(read_settings(os.environ).home / "marts")
    if version is None:
        typer.echo("nothing is published yet: run the daily job first")
        return
    typer.echo(f"version {version.number}, as of {version.as_of}")
    for name, rows in version.rows.items():
        typer.echo(f"{rows:>12,}  {name}")


@app.command()
def metrics(project: Path = Path("dbt_project")) -> None:
    """Write the page of metrics anew from dbt's manifest."""
    (project / PAGE).write_text(page(project / "target" / "manifest.json"))


if __name__ == "__main__":
    app()
