"""A carrier that writes each mail into a file: for looking, for trying, for tests."""

import os
import shutil
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

from mail_jobs.clock import JST
from mail_jobs.gateway import Answer, Batch, Evidence, Letter, Outcome
from orchestration import disk


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Writes a batch to `<root>/<day>/<token>/`, whole or not at all, one `.eml` a message."""

    root: Path
    name: str = "outbox"
    live: bool = False

    def post(self, batch: Batch) -> Answer:
        """Write the batch; what lies under its token has been sent."""
        self._clear_drafts()
        draft, day = self.root / f".draft-{batch.token}", self.root / batch.day.isoformat()
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        for letter in batch.letters:
            _write(draft / f"{letter.name}.eml", eml(batch, letter))
        disk.sync(draft)
        day.mkdir(mode=0o700, exist_ok=True)
        draft.rename(day / batch.token)
        disk.sync(day)
        disk.sync(self.root)
        return Answer(outcome=Outcome.ACCEPTED, reason="written", message_id=batch.token)

    def evidence(self, token: str) -> Evidence:
        """Certain, since the ledger's owner alone writes here."""
        return Evidence.YES if any(self.root.glob(f"*/{token}")) else Evidence.NO

    def _clear_drafts(self) -> None:
        for draft in self.root.glob(".draft-*"):
            shutil.rmtree(draft)


def eml(batch: Batch, letter: Letter) -> bytes:
    """One message as a file that a mail reader and a person can open."""
    said, mail = batch.content.fill(letter.words), EmailMessage(policy=SMTPUTF8)
    mail["From"] = Address(display_name=batch.sender.name, addr_spec=batch.sender.mail)
    mail["To"] = letter.to
    mail["Subject"] = said.subject
    mail["Date"] = batch.at.astimezone(JST)
    mail["List-Unsubscribe"] = f"<{letter.words.refusal_url}>"
    mail.set_content(said.text, cte="8bit")
    mail.add_alternative(said.html, subtype="html", cte="8bit")
    return mail.as_bytes()


def _write(path: Path, content: bytes) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
    disk.sync(path)
