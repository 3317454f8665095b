"""`python -m orchestration.privacy`: answers to people who ask about their own data."""

import typer

from orchestration.privacy.disclose_command import disclose
from orchestration.privacy.erase_command import erase

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(disclose)
app.command()(erase)


@app.callback()
def main() -> None:
    """Answer a request of somebody about his own data."""


if __name__ == "__main__":
    app()
