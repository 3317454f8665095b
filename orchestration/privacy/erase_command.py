"""`erase`: somebody asked to be forgotten."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from mail_jobs.model import MailError
from orchestration.home import WAIT_SECONDS, HomeBusyError, furnish, hold
from orchestration.landing.erasing.handles import read_rows
from orchestration.landing.mapping.catalogue import FeedError
from orchestration.privacy.asked import Customer, Mail, Wait, require_one
from orchestration.privacy.erase import complete
from orchestration.privacy.erase import erase as erase_person
from orchestration.privacy.proof import Proof
from orchestration.privacy.whom import UnknownPersonError, find
from orchestration.settings import Settings, SettingsError, read_settings


def erase(
    customer: Customer = "",
    mail: Mail = "",
    wait_seconds: Wait = WAIT_SECONDS,
) -> None:
    """Erase a person from everything that Joren keeps; call it again after a kill."""
    require_one("erase", customer=customer, mail=mail)
    try:
        settings = read_settings(os.environ)
        furnish(settings.home)
        with hold(settings.home, wait_seconds=wait_seconds):
            _tell(_erased(settings, customer, mail), settings.home)
    except (UnknownPersonError, SettingsError, FeedError, HomeBusyError, MailError) as error:
        sys.exit(str(error))


def _erased(settings: Settings, customer: str, mail: str) -> Proof | None:
    home, shop, now = settings.home, settings.shop, datetime.now(UTC)
    earlier = complete(home=home, shop=shop, now=now)
    if customer and any(row["handle_hash"] == customer for row in read_rows(home)):
        return earlier
    return erase_person(home=home, shop=shop, person=find(home, customer=customer, mail=mail), now=now)


def _tell(proof: Proof | None, home: Path) -> None:
    if proof is None:
        print("erased before; nothing of that customer is left")
        return
    for room, count in proof.found.items():
        print(f"{count:>9,}  {room}")
    if not proof.found:
        print("nothing was left")
    print(f"proof: {home / 'report' / 'erasures' / proof.number}.json")
    for path in proof.left:
        print(
            f"left: {path} still holds the person and is not ours to change. Remove it, or set JOREN_SHOP "
            "to the shop whose feed it is, then run this again."
        )
    if proof.left:
        raise typer.Exit(1)
