"""Who asks, as both command lines take it."""

import sys
from typing import Annotated

import typer

Customer = Annotated[str, typer.Option(help="a customer id or an alias of one")]
Mail = Annotated[str, typer.Option(help="a mail address, of a customer or not")]
Wait = Annotated[float, typer.Option(help="how long another process may hold the home")]


def require_one(command: str, *, customer: str, mail: str) -> None:
    """End with advice unless one of the two, and no more, says who it is."""
    if bool(customer) == bool(mail) or (mail and "@" not in mail):
        sys.exit(f"{command}: name either --customer ID or --mail ADDRESS.")
