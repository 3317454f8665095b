"""Which carrier the environment names, and how far a run may go with it."""

from mail_jobs.gateway import Gateway
from mail_jobs.outbox import Outbox
from mail_jobs.send import Limits
from mail_jobs.sendgrid import SendGrid
from orchestration.settings import Settings, SettingsError

TIMEOUT_SECONDS = 30.0


def gateway_of(settings: Settings) -> Gateway:
    """Open the way to whoever carries the mail.

    Raises:
        SettingsError: when nobody is named.
    """
    if settings.carrier == "outbox":
        return Outbox(root=settings.home / "outbox")
    if settings.sendgrid:
        return SendGrid(url=settings.sendgrid.url, key=settings.sendgrid.key, timeout_seconds=TIMEOUT_SECONDS)
    raise SettingsError("JOREN_CARRIER: not set, so that nobody carries mail. Set it to outbox or sendgrid.")


def limits_of(*, messages: int) -> Limits:
    """Patience and portions for a run of at most so many messages."""
    return Limits(messages=messages, chunk=500, troubles=3, tries=20, waiting_seconds=3600)
