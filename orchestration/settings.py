"""The environment, read once into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Carrier = Literal["outbox", "sendgrid"]

NAMES = {
    "JOREN_HOME": "folder of everything Joren keeps (default: var)",
    "JOREN_SHOP": "folder of the shop's own; its feeds/*.yaml and seeds/*.csv go before ours",
    "JOREN_CARRIER": "who carries the mail: outbox or sendgrid; unset means that no mail is planned",
    "JOREN_SENDGRID_KEY": "the provider's API key",
    "JOREN_SENDGRID_URL": "the provider's address (default: the provider's own)",
    "JOREN_WAREHOUSE": "the DuckDB file that dbt builds; set by Joren itself",
    "JOREN_AS_OF": "the day that dbt builds it for; set by Joren itself",
    "JOREN_BASIS": "what the last build stood on, for dbt to add to it; set by Joren itself",
}

SENDGRID_URL = "https://api.sendgrid.com"


class SettingsError(ValueError):
    """The environment says something that Joren does not understand."""


@dataclass(frozen=True, kw_only=True)
class SendGridAccount:
    """Where the provider listens and what opens it; the key never shows in a repr."""

    url: str
    key: str

    def __repr__(self) -> str:
        """Name the address alone."""
        return f"SendGridAccount(url={self.url!r})"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says.

    Attributes:
        home: absolute folder of the state on disk.
        shop: absolute folder of the shop's own feeds and seeds, if any.
        carrier: who carries the mail; None means that no mail is planned.
        sendgrid: the provider's account; None unless the carrier is `sendgrid`.
    """

    home: Path
    shop: Path | None
    carrier: Carrier | None
    sendgrid: SendGridAccount | None

    @property
    def warehouse(self) -> Path:
        """The file that the nightly build writes."""
        return self.home / "warehouse.duckdb"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the variables named JOREN_*.

    Raises:
        SettingsError: for an unknown name, an unknown carrier or a carrier without its key.
    """
    if unknown := sorted(n for n in environ if n.startswith("JOREN_") and n not in NAMES):
        found, known = ", ".join(unknown), ", ".join(NAMES)
        raise SettingsError(f"environment: unknown {found}; known are {known}. Correct or unset it.")
    shop = environ.get("JOREN_SHOP")
    carrier = _carrier(environ.get("JOREN_CARRIER", ""))
    return Settings(
        home=Path(environ.get("JOREN_HOME", "var")).absolute(),
        shop=Path(shop).absolute() if shop else None,
        carrier=carrier,
        sendgrid=_account(environ) if carrier == "sendgrid" else None,
    )


def _carrier(text: str) -> Carrier | None:
    for known in get_args(Carrier):
        if text == known:
            return known  # type: ignore[no-any-return]  # get_args forgets the literal's type
    if text:
        raise SettingsError(f"JOREN_CARRIER: found {text!r}, expected outbox or sendgrid. Correct it.")
    return None


def _account(environ: Mapping[str, str]) -> SendGridAccount:
    key = environ.get("JOREN_SENDGRID_KEY", "")
    if not key:
        raise SettingsError("JOREN_SENDGRID_KEY: not set, but JOREN_CARRIER is sendgrid. Set it.")
    return SendGridAccount(url=environ.get("JOREN_SENDGRID_URL", SENDGRID_URL), key=key)
