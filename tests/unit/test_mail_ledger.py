import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail_jobs.ledger import own
from mail_jobs.schema import LedgerError, connect, migrate, migrations
from tests.mail_world import NOON

ATTEMPT_STATES = (
    "prepared", "held", "in_flight", "held_accepted", "releasing", "accepted", "rejected", "ambiguous",
    "await", "void", "expired", "not_sent", "unresolved",
)  # fmt: skip
DEAD = {"void", "rejected", "expired", "not_sent"}


def fresh() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")
    migrate(db, migrations())
    db.execute("INSERT INTO owner VALUES (1, 1, 'test', 0, zeroblob(32))")
    db.execute(
        "INSERT INTO campaign_run VALUES ('r', 'c', '2026-05-20', '', '', 'plain', 0, 1, 1, NULL, 'ready')"
    )
    return db


def add_message(db: sqlite3.Connection, number: int, *, arm: str = "treat") -> str:
    name = f"{number:064d}"
    db.execute(
        "INSERT INTO message VALUES (?, 's', ?, 'c', ?, 'advertising', ?, '2026-05-20', 0)",
        (name, str(number), name, arm),
    )
    state = "planned" if arm == "treat" else "holdout"
    db.execute(
        "INSERT INTO recipient VALUES (?, 'r', ?, ?, '2026-05-23', ?, NULL, NULL, 0)",
        (name, bytes(31) + bytes([number]), arm, state),
    )
    return name


def add_attempt(db: sqlite3.Connection) -> int:
    (number,) = db.execute("SELECT count(*) FROM attempt").fetchone()
    db.execute(
        "INSERT INTO attempt (token, run_id, epoch, jst_day, carrier, send_at, state, updated_at)"
        " VALUES (?, 'r', 1, '2026-05-20', 'outbox', 0, 'prepared', 0)",
        (str(number),),
    )
    return int(number) + 1


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(fresh()) as made:
        yield made


def refused(db: sqlite3.Connection, sql: str, *values: object) -> bool:
    try:
        db.execute(sql, values)
    except sqlite3.IntegrityError:
        return True
    return False


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(ATTEMPT_STATES), max_size=12))
def test_an_attempt_moves_along_allowed_steps_alone_and_each_is_written_down(wished: list[str]) -> None:
    with closing(fresh()) as db:
        allowed = set(db.execute("SELECT from_state, to_state FROM allowed_step WHERE subject = 'attempt'"))
        number, path = add_attempt(db), ["new", "prepared"]
        for state in wished:
            refusal = refused(db, "UPDATE attempt SET state = ? WHERE attempt_id = ?", state, number)
            assert refusal == (state != path[-1] and (path[-1], state) not in allowed)
            if not refusal and state != path[-1]:
                path.append(state)
        steps = db.execute(
            "SELECT from_state, to_state FROM transition WHERE attempt_id IS NOT NULL ORDER BY id"
        )
        assert list(steps) == list(pairwise(path))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.sampled_from(ATTEMPT_STATES)), max_size=25))
def test_a_message_is_never_in_two_live_attempts(acts: list[tuple[bool, int, str]]) -> None:
    with closing(fresh()) as db:
        name = add_message(db, 1)
        for _ in range(4):
            add_attempt(db)
        for binds, number, state in acts:
            if binds:
                refused(db, "INSERT INTO attempt_recipient VALUES (?, ?)", number, name)
            else:
                refused(db, "UPDATE attempt SET state = ? WHERE attempt_id = ?", state, number)
            states = [
                state
                for (state,) in db.execute(
                    "SELECT state FROM attempt_recipient JOIN attempt USING (attempt_id)"
                )
            ]
            assert sum(state not in DEAD for state in states) <= 1


def test_a_held_out_message_is_never_attempted(db: sqlite3.Connection) -> None:
    name, number = add_message(db, 1, arm="holdout"), add_attempt(db)
    with pytest.raises(sqlite3.IntegrityError, match="holdout must not be mailed"):
        db.execute("INSERT INTO attempt_recipient VALUES (?, ?)", (number, name))
    assert refused(db, "UPDATE recipient SET state = 'planned' WHERE name = ?", name)


def test_a_suppressed_address_is_never_attempted(db: sqlite3.Connection) -> None:
    name, number = add_message(db, 1), add_attempt(db)
    db.execute("INSERT INTO suppression SELECT addr_hash, 'unsubscribe', 'test', 0 FROM recipient")
    with pytest.raises(sqlite3.IntegrityError, match="suppressed"):
        db.execute("INSERT INTO attempt_recipient VALUES (?, ?)", (number, name))


def test_hold_cannot_be_sent_without_a_pause(db: sqlite3.Connection) -> None:
    db.execute("UPDATE campaign_run SET transport = 'hold'")
    number = add_attempt(db)
    with pytest.raises(sqlite3.IntegrityError, match="not optional"):
        db.execute("UPDATE attempt SET state = 'in_flight' WHERE attempt_id = ?", (number,))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE transition SET to_state = 'x'",
        "DELETE FROM transition",
        "INSERT OR REPLACE INTO transition SELECT * FROM transition",
        "UPDATE message SET arm = 'holdout'",
        "DELETE FROM message",
        "DELETE FROM recipient",
        "UPDATE recipient SET addr_hash = zeroblob(32)",
        "DELETE FROM attempt",
        "UPDATE attempt SET carrier = 'x'",
        "UPDATE attempt SET jst_day = '2026-05-21'",
        "DELETE FROM attempt_recipient",
        "UPDATE attempt_recipient SET attempt_id = 2",
        "INSERT OR REPLACE INTO attempt_recipient SELECT * FROM attempt_recipient",
        "UPDATE recipient SET state = 'accepted'",
        "UPDATE recipient SET state = 'bound'",
        "INSERT INTO campaign_run VALUES ('x', 'c', '2026-05-20', '', '', 'plain', 0, 1, 0, NULL, 'ready')",
    ],
)
def test_what_is_written_stays_written(db: sqlite3.Connection, sql: str) -> None:
    name, number = add_message(db, 1), add_attempt(db)
    db.execute("INSERT INTO attempt_recipient VALUES (?, ?)", (number, name))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(sql)


def test_a_recipients_way_is_written_down(db: sqlite3.Connection) -> None:
    name, number = add_message(db, 1), add_attempt(db)
    for state, attempt in (("bound", number), ("planned", None), ("expired", None)):
        db.execute(
            "UPDATE recipient SET state = ?, attempt_id = ?, reason = 'why', updated_at = 5", (state, attempt)
        )
    steps = db.execute(
        "SELECT at, epoch, from_state, to_state, why FROM transition WHERE name = ? ORDER BY id", (name,)
    )
    assert list(steps) == [
        (0, 1, "new", "planned", None),
        (5, 1, "planned", "bound", "why"),
        (5, 1, "bound", "planned", "why"),
        (5, 1, "planned", "expired", "why"),
    ]


def schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return list(db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name"))


@pytest.mark.parametrize("version", range(len(migrations()) + 1))
def test_a_ledger_of_each_older_version_becomes_todays(tmp_path: Path, version: int) -> None:
    with closing(connect(tmp_path / "old")) as old, closing(connect(tmp_path / "new")) as new:
        migrate(old, migrations()[:version])
        migrate(old, migrations())
        migrate(new, migrations())
        assert schema(old) == schema(new)
        assert old.execute("PRAGMA user_version").fetchone() == (len(migrations()),)


def test_a_later_step_is_taken_once_and_keeps_what_is_there(tmp_path: Path) -> None:
    steps = (*migrations(), "ALTER TABLE suppression ADD COLUMN purpose TEXT;")
    with closing(connect(tmp_path / "ledger")) as db:
        migrate(db, migrations())
        db.execute("INSERT INTO suppression VALUES (zeroblob(32), 'x', 'x', 0)")
        migrate(db, steps)
        migrate(db, steps)
        assert db.execute("SELECT reason, purpose FROM suppression").fetchall() == [("x", None)]


def test_a_step_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    with closing(connect(path)) as db, pytest.raises(sqlite3.OperationalError):
        migrate(db, (*migrations(), "CREATE TABLE half (a TEXT); SELECT nonsense;"))
    with closing(connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
        assert not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchall()


def test_a_ledger_of_a_newer_joren_is_refused(tmp_path: Path) -> None:
    with own(home=tmp_path, now=NOON) as ledger:
        ledger.db.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="newer"), own(home=tmp_path, now=NOON):
        raise AssertionError


def test_a_ledger_has_one_owner_at_a_time(tmp_path: Path) -> None:
    with (
        own(home=tmp_path, now=NOON),
        pytest.raises(LedgerError, match="another process"),
        own(home=tmp_path, now=NOON),
    ):
        raise AssertionError


def test_each_owner_has_a_higher_epoch_and_a_former_one_cannot_commit(tmp_path: Path) -> None:
    with own(home=tmp_path, now=NOON) as first:
        assert first.epoch == 1
    with own(home=tmp_path, now=NOON) as second:
        assert second.epoch == 2
        second.db.execute("UPDATE owner SET epoch = 3")
        with pytest.raises(LedgerError, match="owns it now"), second.writing() as db:
            db.execute("INSERT INTO suppression VALUES (zeroblob(32), 'x', 'x', 0)")
        assert second.db.execute("SELECT count(*) FROM suppression").fetchone() == (0,)


def test_a_lost_address_key_stops_everything(tmp_path: Path) -> None:
    with own(home=tmp_path, now=NOON) as ledger:
        assert ledger.address_hash(" A@example.com") == ledger.address_hash("a@EXAMPLE.com ")
    (tmp_path / "ledger" / "address.key").unlink()
    with pytest.raises(LedgerError, match="Restore it"), own(home=tmp_path, now=NOON):
        raise AssertionError


@pytest.mark.parametrize("key", ["", "ab" * 31, "ab" * 33, "not hex " * 8, "\x00"])
def test_a_cut_or_spoiled_address_key_stops_everything(tmp_path: Path, key: str) -> None:
    with own(home=tmp_path, now=NOON):
        (tmp_path / "ledger" / "address.key").write_text(key)
    with pytest.raises(LedgerError, match="32 bytes in hex"), own(home=tmp_path, now=NOON):
        raise AssertionError


def test_another_ledgers_address_key_stops_everything_until_its_own_is_back(tmp_path: Path) -> None:
    with own(home=tmp_path, now=NOON):
        path = tmp_path / "ledger" / "address.key"
        good = path.read_text()
        path.write_text("ab" * 32)
    with pytest.raises(LedgerError, match="not the key of this ledger"), own(home=tmp_path, now=NOON):
        raise AssertionError
    path.write_text(good + "\n")
    with own(home=tmp_path, now=NOON) as ledger:
        assert ledger.epoch == 2


def test_the_ledger_is_durable_and_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with own(home=tmp_path, now=NOON) as ledger:
            pragmas = {name: ledger.db.execute(f"PRAGMA {name}").fetchone()[0] for name in (
                "journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")}  # fmt: skip
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "ledger").iterdir()}
    finally:
        os.umask(before)
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10000,
    }  # fmt: skip
    assert set(modes) == {
        "ledger.sqlite",
        "ledger.sqlite-wal",
        "ledger.sqlite-shm",
        "ledger.lock",
        "address.key",
    }
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700
