"""The sender is killed at random instants and started again: nobody hears twice, nobody is lost unnamed."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from mail_jobs.ledger import look
from mail_jobs.report import status
from mail_jobs.send import LOST
from tests.fake_sendgrid import FakeSendGrid, Fault
from tests.mail_sender import send_loudly
from tests.mail_world import people, publish

PERSONS = 150
KILLS = 10
NEW_PROCESS = multiprocessing.get_context("forkserver")
NEW_PROCESS.set_forkserver_preload(["tests.mail_sender"])
FAULTS = [Fault.NONE] * 5 + [Fault.REPLY_LOST_AFTER_ACCEPTING, Fault.ERROR_BEFORE_ACCEPTING, Fault.TOO_MANY]


@contextmanager
def started(home: Path, url: str) -> Iterator[tuple[BaseProcess, Connection]]:
    heard, said = NEW_PROCESS.Pipe(duplex=False)
    process = NEW_PROCESS.Process(target=send_loudly, args=(said, home, url))
    process.start()
    said.close()
    with heard:
        yield process, heard
    process.kill()
    process.join()
    process.close()


def kill(home: Path, url: str, calls: int, seconds: float) -> None:
    """Kill a sender some time after it has said so many things."""
    with started(home, url) as (process, heard), suppress(EOFError):
        for _ in range(calls):
            heard.recv()
        process.join(timeout=seconds)


def kill_often(home: Path, url: str) -> None:
    publish(home, people(PERSONS, holdout_percent=20))
    chance = random.Random(7)  # noqa: S311  # a seed to find a failure again
    kill(home, url, 0, chance.uniform(0, 0.3))
    for _ in range(KILLS - 1):
        kill(home, url, chance.randint(1, 8), chance.uniform(0, 0.01))
    with started(home, url) as (process, _):
        process.join()
        assert process.exitcode == 0
    with look(home) as db:
        (caught,) = db.execute("SELECT count(*) FROM transition WHERE why = ?", (LOST.reason,)).fetchone()
    assert caught, "no kill fell between a call and the ledger's note of its answer"


def addresses_by_state(home: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {state: set() for state in ("accepted", "unresolved", "holdout")}
    with look(home) as db:
        for customer_id, state in db.execute(
            "SELECT customer_id, state FROM recipient JOIN message USING (name)"
        ):
            found[state].add(f"person{customer_id[1:]}@example.com")
    return found


def test_ten_kills_of_the_outbox_lose_and_repeat_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, "")
    found = addresses_by_state(tmp_path)
    written = Counter(path.stem for path in (tmp_path / "outbox" / "2026-05-20").rglob("*.eml"))
    assert max(written.values()) == 1
    assert len(written) == len(found["accepted"]) == PERSONS - len(found["holdout"])
    assert found["unresolved"] == set()
    assert not list((tmp_path / "outbox").glob(".draft-*"))


def test_ten_kills_against_a_faulty_provider_leave_only_named_doubts(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311  # a seed to find a failure again
    with FakeSendGrid(fault=lambda _: chance.choice(FAULTS)) as fake:
        kill_often(tmp_path, fake.url)
    found = addresses_by_state(tmp_path)
    heard = Counter(delivery.to for delivery in fake.delivered)
    assert max(heard.values()) == 1
    assert found["accepted"] <= set(heard) <= found["accepted"] | found["unresolved"]
    assert len(found["accepted"]) + len(found["unresolved"]) + len(found["holdout"]) == PERSONS
    with look(tmp_path) as db:
        assert len(status(db).unresolved) == len(found["unresolved"])
