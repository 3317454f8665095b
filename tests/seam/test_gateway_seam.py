"""What every carrier owes us, asked of the files and of SendGrid's library against a server on loopback."""

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mail_jobs.gateway import Answer, Batch, Evidence, Gateway, Letter, Outcome
from mail_jobs.outbox import Outbox
from mail_jobs.render import render, words
from mail_jobs.sendgrid import SendGrid, SendGridError
from tests.fake_sendgrid import KEY, FakeSendGrid, Fault, closed_port
from tests.mail_world import DAY, NOON, SENDER, candidate

HOSTILE = "<b>&\"山田'"


@dataclass(frozen=True)
class Mail:
    """A mail as its reader has it."""

    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str


@dataclass(frozen=True)
class Carrier:
    """A gateway and the truth about it."""

    gateway: Gateway
    mails: Callable[[], list[Mail]]


def batch(*persons: int, **changes: str) -> Batch:
    said = [candidate(person, **changes) for person in persons]
    return Batch(
        token=secrets.token_hex(16),
        day=DAY,
        at=NOON,
        category="second_purchase",
        sender=SENDER,
        content=render(template="second_purchase/1", sender=SENDER),
        letters=tuple(Letter(name=c.message_name, to=c.mail, words=words(c)) for c in said),
    )


def sendgrid(url: str, *, key: str = KEY, timeout_seconds: float = 5) -> SendGrid:
    return SendGrid(url=url, key=key, timeout_seconds=timeout_seconds)


def self_signed(folder: Path) -> Path:
    """Make a key and a certificate for it that nobody else vouches for."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(NOON).not_valid_after(NOON + timedelta(days=1))
    plain = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "server.pem"
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    path.write_bytes(key.private_bytes(*plain) + certificate)
    return path


def read_eml(path: Path) -> Mail:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    return Mail(mail["To"], mail["Subject"], text, html, mail["List-Unsubscribe"])


@pytest.fixture(params=["outbox", "sendgrid"])
def carrier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Carrier]:
    if request.param == "outbox":
        yield Carrier(Outbox(root=tmp_path), lambda: [read_eml(path) for path in tmp_path.rglob("*.eml")])
        return
    with FakeSendGrid() as fake:
        yield Carrier(
            sendgrid(fake.url),
            lambda: [
                Mail(d.to, d.subject, d.text, d.html, d.headers["List-Unsubscribe"]) for d in fake.delivered
            ],
        )


def test_each_person_gets_his_mail_once_with_his_words(carrier: Carrier) -> None:
    said = batch(1, 2, 3)
    assert carrier.gateway.post(said).outcome is Outcome.ACCEPTED
    expected = [
        Mail(letter.to, read.subject, read.text, read.html, f"<{letter.words.refusal_url}>")
        for letter in said.letters
        for read in [said.content.fill(letter.words)]
    ]
    assert sorted(carrier.mails(), key=lambda mail: mail.to) == expected


def test_a_hostile_name_arrives_as_text(carrier: Carrier) -> None:
    assert carrier.gateway.post(batch(1, family_name=HOSTILE)).outcome is Outcome.ACCEPTED
    (mail,) = carrier.mails()
    assert HOSTILE in mail.subject
    assert HOSTILE in mail.text
    assert HOSTILE not in mail.html
    assert "&lt;b&gt;&amp;" in mail.html


def test_an_accepted_batch_has_an_id(carrier: Carrier) -> None:
    assert carrier.gateway.post(batch(1)).message_id


def test_evidence_is_never_wrong(carrier: Carrier) -> None:
    said = batch(1)
    carrier.gateway.post(said)
    assert carrier.gateway.evidence(said.token) in {Evidence.YES, Evidence.UNKNOWN}
    assert carrier.gateway.evidence("0" * 32) in {Evidence.NO, Evidence.UNKNOWN}


def test_the_outbox_knows_for_certain(tmp_path: Path) -> None:
    outbox, said = Outbox(root=tmp_path), batch(1)
    assert outbox.evidence(said.token) is Evidence.NO
    outbox.post(said)
    assert outbox.evidence(said.token) is Evidence.YES


def test_what_a_killed_outbox_left_half_written_is_no_mail(tmp_path: Path) -> None:
    outbox, said = Outbox(root=tmp_path), batch(1)
    half = tmp_path / f".draft-{said.token}"
    half.mkdir()
    (half / "half.eml").touch()
    assert outbox.evidence(said.token) is Evidence.NO
    outbox.post(batch(2))
    assert not half.exists()


def test_a_batch_that_fails_half_way_is_no_mail(tmp_path: Path) -> None:
    outbox, said = Outbox(root=tmp_path), batch(1, 1)
    with pytest.raises(FileExistsError):
        outbox.post(said)
    assert outbox.evidence(said.token) is Evidence.NO


@pytest.mark.parametrize(
    ("fault", "outcome", "delivered"),
    [
        (Fault.NONE, Outcome.ACCEPTED, 2),
        (Fault.REPLY_LOST_AFTER_ACCEPTING, Outcome.DOUBT, 2),
        (Fault.REPLY_LOST_BEFORE_ACCEPTING, Outcome.DOUBT, 0),
        (Fault.ERROR_AFTER_ACCEPTING, Outcome.DOUBT, 2),
        (Fault.ERROR_BEFORE_ACCEPTING, Outcome.DOUBT, 0),
        (Fault.SILENCE_AFTER_ACCEPTING, Outcome.DOUBT, 2),
        (Fault.GARBAGE_AFTER_ACCEPTING, Outcome.DOUBT, 2),
        (Fault.REDIRECT, Outcome.DOUBT, 0),
        (Fault.TOO_MANY, Outcome.LATER, 0),
        (Fault.FORBIDDEN, Outcome.STOP, 0),
        (Fault.TOO_LARGE, Outcome.STOP, 0),
    ],
)
def test_an_answer_means_what_it_says_and_the_call_is_made_once(
    fault: Fault, outcome: Outcome, delivered: int
) -> None:
    with FakeSendGrid(fault=lambda _: fault) as fake:
        answer = sendgrid(fake.url, timeout_seconds=0.3).post(batch(1, 2))
    assert (answer.outcome, len(fake.delivered), fake.requests) == (outcome, delivered, 1)


def test_a_wrong_key_stops_and_sends_nothing() -> None:
    with FakeSendGrid() as fake:
        answer = sendgrid(fake.url, key="SG.other").post(batch(1))
    assert (answer, fake.delivered) == (Answer(outcome=Outcome.STOP, reason="http 401", http_status=401), [])


def test_nobody_listening_is_a_reason_to_wait() -> None:
    assert sendgrid(f"http://127.0.0.1:{closed_port()}").post(batch(1)).outcome is Outcome.LATER


def test_a_busy_provider_says_how_long_to_wait() -> None:
    with FakeSendGrid(fault=lambda _: Fault.TOO_MANY) as fake:
        assert sendgrid(fake.url).post(batch(1)).wait_seconds == 17


@pytest.mark.parametrize(
    "sent_at", ["Mon, 31 Feb 99999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "never"]
)
@pytest.mark.parametrize(
    ("fault", "outcome"), [(Fault.NONE, Outcome.ACCEPTED), (Fault.TOO_MANY, Outcome.LATER)]
)
def test_an_odd_header_changes_no_answer(sent_at: str, fault: Fault, outcome: Outcome) -> None:
    headers = {"Date": sent_at, "X-RateLimit-Reset": "17"}
    with FakeSendGrid(fault=lambda _: fault, headers=headers) as fake:
        assert sendgrid(fake.url).post(batch(1)).outcome is outcome


def test_a_server_that_cannot_prove_who_it_is_gets_nothing_and_stops_the_run(tmp_path: Path) -> None:
    with FakeSendGrid(certificate=self_signed(tmp_path)) as fake:
        answer = sendgrid(fake.url).post(batch(1))
    assert answer == Answer(outcome=Outcome.STOP, reason="SSLCertVerificationError")
    assert fake.requests == 0


@pytest.mark.parametrize("wrong", [(1, 1), (1, 2, 66)])
def test_one_wrong_recipient_refuses_the_whole_batch(wrong: tuple[int, ...]) -> None:
    with FakeSendGrid(bad_addresses=frozenset({"person66@example.com"})) as fake:
        assert sendgrid(fake.url).post(batch(*wrong)).outcome is Outcome.REFUSED
    assert fake.delivered == []


def test_a_token_and_a_category_are_all_that_the_provider_keeps() -> None:
    said = batch(1)
    with FakeSendGrid() as fake:
        sendgrid(fake.url).post(said)
    (delivery,) = fake.delivered
    assert (delivery.token, delivery.category) == (said.token, "second_purchase")


def test_the_provider_is_told_of_a_person_where_the_message_itself_needs_it_and_nowhere_else() -> None:
    said = replace(batch(1), token="0" * 32)
    with FakeSendGrid() as fake:
        sendgrid(fake.url).post(said)
    (body,) = fake.bodies
    (person,) = body.pop("personalizations")
    [letter] = said.letters
    assert body.keys() == {"from", "subject", "content", "categories"}
    assert body["categories"] == ["second_purchase"]
    assert person.keys() == {"to", "substitutions", "headers", "custom_args"}
    assert person["to"] == [{"email": letter.to}]
    assert person["substitutions"] == letter.words.substitutions()
    assert person["headers"] == {"List-Unsubscribe": f"<{letter.words.refusal_url}>"}
    assert person["custom_args"] == {"joren_token": said.token}
    told, kept = candidate(1), json.dumps([body, person["custom_args"]], ensure_ascii=False)
    for personal in (told.mail, told.family_name, told.customer_id, told.occurrence, told.message_name):
        assert personal not in kept


def test_a_lost_outbox_root_is_made_and_private(tmp_path: Path) -> None:
    Outbox(root=tmp_path / "outbox").post(batch(1))
    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")} == {0}


@pytest.mark.parametrize("url", ["http://api.sendgrid.com", "ftp://127.0.0.2", "api.sendgrid.com"])
def test_the_key_travels_over_https_alone(url: str) -> None:
    with pytest.raises(SendGridError):
        sendgrid(url)


def test_neither_key_nor_mail_reach_a_log_or_a_repr(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        FakeSendGrid(bad_addresses=frozenset({"person1@example.com"})) as fake,
    ):
        gateway = sendgrid(fake.url)
        answers = [gateway.post(batch(1)), gateway.post(batch(2))]
    shown = caplog.text + repr((gateway, answers, batch(1)))
    for canary in (KEY, "person1@example.com", "花子"):
        assert canary not in shown
