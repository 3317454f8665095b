"""Whoever is forgotten is written to no more; the ledger forgets his address, not that something was said."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mail_world import DAY, LIMITS, NOON, candidate, people, publish

from mail_jobs.day import plan_day, send_day
from mail_jobs.erasing import Forgotten, forget
from mail_jobs.ledger import look, own
from mail_jobs.outbox import Outbox
from mail_jobs.schema import LedgerError

MAIL = "Person0@example.com"
ALL = [replace(said, holdout_percent=0) for said in people(5)]


def planned(home: Path) -> None:
    publish(home, ALL)
    plan_day(home=home, as_of=DAY, now=NOON)


def sent(home: Path) -> None:
    send_day(
        home=home, as_of=DAY, gateway=Outbox(root=home / "outbox"), limits=LIMITS, clock=lambda: NOON,
        wait=lambda _: None,
    )  # fmt: skip


def states(home: Path) -> list[tuple[str, str, str | None]]:
    with look(home) as db:
        return db.execute(
            "SELECT customer_id, state, reason FROM recipient JOIN message USING (name) ORDER BY 1"
        ).fetchall()


def ledger_bytes(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (home / "ledger").glob("ledger.sqlite*"))


def test_a_waiting_message_is_stopped_at_once_and_the_address_is_gone_from_every_byte(tmp_path: Path) -> None:
    planned(tmp_path)
    assert b"person0@example.com" in ledger_bytes(tmp_path)
    done = forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON)
    assert done == Forgotten(addresses=1, stopped=1, mails=0)
    assert b"person0@example.com" not in ledger_bytes(tmp_path)
    assert states(tmp_path)[0] == ("c0", "suppressed", "erased")
    sent(tmp_path)
    assert [state for _, state, _ in states(tmp_path)] == ["suppressed", *["accepted"] * 4]


def test_what_was_said_stays_said_but_its_file_and_address_go(tmp_path: Path) -> None:
    planned(tmp_path)
    sent(tmp_path)
    (tmp_path / "outbox" / ".draft-x").mkdir()
    done = forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON)
    assert done == Forgotten(addresses=1, stopped=0, mails=1)
    assert states(tmp_path)[0][:2] == ("c0", "accepted")
    left = [path for path in (tmp_path / "outbox").rglob("*") if path.is_file()]
    assert len(left) == 4
    assert not any(b"person0" in path.read_bytes() for path in left)
    assert not (tmp_path / "outbox" / ".draft-x").exists()


def test_an_address_that_only_the_ledger_knows_of_a_customer_goes_too(tmp_path: Path) -> None:
    planned(tmp_path)
    assert forget(home=tmp_path, mails=[], customer_ids=["c0"], now=NOON).addresses == 1
    assert b"person0@example.com" not in ledger_bytes(tmp_path)


def test_a_later_plan_of_his_is_suppressed_too(tmp_path: Path) -> None:
    planned(tmp_path)
    forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON)
    later = candidate(
        0,
        scenario="thanks",
        template="thanks/1",
        occurrence="other:2026-10-05",
        holdout_percent=0,
        purpose="notice",
    )
    publish(tmp_path, [*ALL, later])
    plan_day(home=tmp_path, as_of=DAY, now=NOON)
    forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON)
    assert {state for customer, state, _ in states(tmp_path) if customer == "c0"} == {"suppressed"}
    assert b"person0@example.com" not in ledger_bytes(tmp_path)


def test_again_it_finds_nothing_and_without_a_ledger_it_makes_none(tmp_path: Path) -> None:
    nothing = Forgotten(addresses=0, stopped=0, mails=0)
    assert forget(home=tmp_path / "none", mails=[MAIL], customer_ids=[], now=NOON) == nothing
    assert not (tmp_path / "none" / "ledger").exists()
    planned(tmp_path)
    forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON)
    assert forget(home=tmp_path, mails=[MAIL], customer_ids=["c0"], now=NOON) == nothing


def test_it_waits_for_nobody_who_sends(tmp_path: Path) -> None:
    planned(tmp_path)
    with (
        own(home=tmp_path, now=datetime.now(UTC)),
        pytest.raises(LedgerError, match="another process owns it"),
    ):
        forget(home=tmp_path, mails=[MAIL], customer_ids=[], now=NOON)
