"""One of a day's mails, for the eyes of whoever asks."""

from datetime import date, datetime
from pathlib import Path

from mail_jobs.addresses import address
from mail_jobs.candidates import read_candidates
from mail_jobs.gateway import Batch, Letter
from mail_jobs.model import Candidate, MailError
from mail_jobs.outbox import eml
from mail_jobs.render import render, words


class NobodyDueError(MailError):
    """There is nobody to preview a mail for."""


def preview_day(*, home: Path, as_of: date, campaign: str, now: datetime) -> str:
    """A mail as its reader gets it; nothing is decided, sent or kept.

    Args:
        home: JOREN_HOME.
        as_of: the day.
        campaign: `<scenario>/<step>`, or nothing for any.
        now: the mail's date.
    """
    _, candidates = read_candidates(home, as_of)
    due = [said for said in candidates if campaign in ("", said.campaign)]
    if not due:
        raise NobodyDueError(
            f"nobody is due on {as_of} for {campaign or 'any step'}. Choose another day or step."
        )
    return _mail(min(due, key=lambda said: said.message_name), as_of, now)


def _mail(said: Candidate, as_of: date, now: datetime) -> str:
    letter = Letter(name=said.message_name, to=address(said.mail), words=words(said))
    content = render(template=said.template, sender=said.sender)
    batch = Batch(
        token="",
        day=as_of,
        at=now,
        category=said.scenario,
        sender=said.sender,
        content=content,
        letters=(letter,),
    )
    return eml(batch, letter).decode()
