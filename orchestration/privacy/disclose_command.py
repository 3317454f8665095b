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
from orchestration.privacy.asked import Customer, Mail, Wait, require_one
from orchestration.privacy.disclose import disclose as disclose_person
from orchestration.privacy.whom import UnknownPersonError, find
from orchestration.settings import SettingsError, read_settings


def disclose(
    customer: Customer = "",
    mail: Mail = "",
    to: Annotated[Path | None, typer.Option(help="file to write (0600); without it: standard output")] = None,
    wait_seconds: Wait = WAIT_SECONDS,
) -> None:
    """Write down everything that is held of a person, as one JSON document."""
    require_one("disclose", customer=customer, mail=mail)
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
