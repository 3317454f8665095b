"""`disclose`: somebody asked what is held of him (開示請求)."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mail_jobs.model import MailError
from orchestration import disk
from orchestration.home import WAIT_SECONDS, HomeBusyError, hold
from orchestration.privacy.disclose import disclose as disclose_person
from orchestration.privacy.whom import UnknownPersonError, find
from orchestration.settings import SettingsError, read_settings


def disclose(
    customer: Annotated[str, typer.Option(help="a customer id or an alias of one")] = "",
    mail: Annotated[str, typer.Option(help="a mail address, of a customer or not")] = "",
    to: Annotated[Path | None, typer.Option(help="file to write (0600); without it: standard output")] = None,
    wait_seconds: Annotated[
        float, typer.Option(help="how long another process may hold the home")
    ] = WAIT_SECONDS,
) -> None:
    """Write down everything that is held of a person, as one JSON document."""
    if bool(customer) == bool(mail) or (mail and "@" not in mail):
        sys.exit("disclose: name either --customer ID or --mail ADDRESS.")
    try:
        home = read_settings(os.environ).home
        with hold(home, wait_seconds=wait_seconds):
            person = find(home, customer=customer, mail=mail)
            document = disclose_person(home=home, person=person, now=datetime.now(UTC))
    except (UnknownPersonError, SettingsError, HomeBusyError, MailError) as error:
        sys.exit(str(error))
    printed = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    if to is None:
        print(printed)
    else:
        disk.write_text(to.absolute(), printed + "\n")
