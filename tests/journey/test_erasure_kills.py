"""An erasure killed at any instant is completed by the next call, and ends as one that nobody disturbed."""

import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import duckdb
import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS
from killing import dying_at, in_child, killed_after, watch
from mail_world import DAY, NOON, candidate, people, publish
from one_person import FAMILY, GIVEN, MAIL, MEMBER, OLD_MAIL, SHOPIFY_MEMBER, STREET, drop, files, found, put

from mail_jobs.day import plan_day
from orchestration import disk
from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.privacy import erase as erasing
from orchestration.privacy import tables
from orchestration.privacy.described import Described
from orchestration.privacy.whom import Person
from orchestration.receive import receive

ROOT = Path(__file__).parents[2]
LEDGER = sqlite3.connect
TOLD_TO = frozenset(feed for feed, *_ in files("", date(2026, 11, 1)))
# Without their rules: a door that is killed has a test of its own, and Great Expectations takes its time.
KNOWN = tuple(replace(feed, door={}) for name, feed in FEEDS.items() if name in TOLD_TO)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HIM = Person(
    customer_ids=frozenset({"c0"}),
    person_keys=frozenset({f"eccube:member:{MEMBER}", f"shopify:member:{SHOPIFY_MEMBER}"}),
    order_keys=frozenset({"rakuten:order:123456-20260101-0000000001"}),
    described=Described(
        mails=frozenset({MAIL, OLD_MAIL}),
        phones=frozenset({"09087654321", "0176239999"}),
        names=frozenset({FAMILY + GIVEN}),
        places=frozenset({"0392999", STREET}),
        receivers=frozenset({f"{FAMILY}{GIVEN}|0392999"}),
    ),
    shared=frozenset(),
)


def world(home: Path) -> None:
    """A home in which he is everywhere: landed, in the inbox, unreadable, built, about to be written to."""
    furnish(home)
    (home / "ledger" / "customer.key").write_text("c0ffee")
    drop(home, "20261120060000", date(2026, 11, 1))
    put(home, "eccube_orders", "order_20261119060000.csv", MAIL.encode() + b"\xff\n")
    for feed in KNOWN:
        receive(home=home, feed=feed, now=NOW)
    write_catalogue(home=home, feeds=KNOWN)
    drop(home, "20261121060000", date(2026, 11, 1))
    publish(home, [candidate(0, mail=MAIL), *people(9)[1:]], DAY)
    plan_day(home=home, as_of=DAY, now=NOON)
    with uncompressed(home / "warehouse.duckdb") as db:
        db.execute("create schema private; create schema marts")
        mail = f"case i when 3 then '{MAIL}' when 8 then '{OLD_MAIL}' else 'x' || i end as mail"
        db.execute(
            f"create table private.people as select 'c' || i as customer_id, {mail} from range(9) as t(i)"
        )
        db.execute("create table marts.facts as select 'c' || i as customer_id from range(9) as t(i)")
        db.execute("checkpoint; delete from private.people where customer_id = 'c8'")
    disk.write_json(home / "warehouse.passed.json", {"as_of": "2026-11-22"})
    leave_behind(home)
    assert found(home)


def leave_behind(home: Path) -> None:
    """What killed processes have left of him, and a mail that was sent."""
    left = (
        "outbox/2026-11-21/token/name.eml", "outbox/.draft-token/name.eml", "raw/.spill_rows/duckdb_temp.tmp",
        "landing/eccube_orders/received.tmp", "ledger/erasing.json.tmp", "warehouse.duckdb.tmp/spilled",
        "raw/eccube_orders/.pending/rows.parquet.tmp", "warehouse.broken", "asof/2026-11-01.duckdb",
    )  # fmt: skip
    for name in left:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"To: {MAIL}\n")
    day = next((home / "candidates").glob("*.parquet"))
    shutil.copy(day, day.with_name("2026-11-01.parquet.tmp"))


def uncompressed(*where: object, **said: Any) -> duckdb.DuckDBPyConnection:  # noqa: ANN401  # as DuckDB has it
    """Connect so that whatever a file holds, and whatever it has held and kept, is bytes to be found."""
    said["config"] = {**said.get("config", {}), "force_compression": "uncompressed"}
    return duckdb.connect(*where, **said)


class Told:
    """A connection to DuckDB that tells of each statement before it is carried out."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seen: Callable[[str], object]) -> None:
        self._connection, self._seen = connection, seen

    def execute(self, statement: str, *values: object) -> duckdb.DuckDBPyConnection:
        """Tell, then do."""
        self._seen(f"duckdb {statement}")
        return self._connection.execute(statement, *values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen("duckdb close")
        self._connection.close()


def work_on(home: Path, seen: Callable[[str], object] = id) -> None:
    """What the command does, and what the daily job does with what a kill left; each step is told before."""
    watch(seen)
    erasing.feeds = lambda _: KNOWN
    tables.duckdb = SimpleNamespace(connect=lambda **said: Told(uncompressed(**said), seen))
    sqlite3.connect = partial(traced, seen)
    os.fsync = id  # a killed process loses nothing that it has written
    asked = {"home": home, "shop": None, "now": NOW}
    erasing.complete(**asked) or erasing.erase(**asked, person=HIM)


def traced(seen: Callable[[str], object], *where: object, **said: Any) -> sqlite3.Connection:  # noqa: ANN401
    """A connection to SQLite that tells of each statement before it is carried out."""
    db = LEDGER(*where, **said)
    db.set_trace_callback(lambda statement: seen(f"sqlite {statement}"))
    return db


def state(home: Path) -> dict[str, object]:
    """What there is in the end; of tables the cells, of the proof what does not count the kills."""
    lying = {str(path.relative_to(home)): path for path in sorted(home.rglob("*")) if path.is_file()}
    same = {
        name: path for name, path in lying.items() if name.startswith(("landing/", "ledger/era", "outbox/"))
    }
    rows = {
        name: path
        for name, path in lying.items()
        if name.startswith(("raw/", "quarantine/", "candidates/")) and path.stem != "postcodes"
    }
    said: dict[str, object] = {name: path.read_bytes() for name, path in same.items()}
    said |= {
        name: pq.read_table(path).to_pylist() for name, path in rows.items() if name.endswith(".parquet")
    }
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as db:
        said |= {
            name: sorted(db.execute(f"from {name}").fetchall()) for name in ("private.people", "marts.facts")
        }
    proof = disk.read_json(next((home / "report" / "erasures").glob("*.json")))
    return said | {"names": [name for name in lying if ".sqlite-" not in name], "left": proof["left"]}


def compare(home: Path, wanted: Path) -> None:
    """Nothing of him is left, and all else is as it is there."""
    mine, clean = state(home), pickle.loads(wanted.read_bytes())  # noqa: S301  # our own
    differing = [name for name in mine.keys() | clean.keys() if mine.get(name) != clean.get(name)]
    if (hits := found(home)) or differing or mine["left"]:
        raise AssertionError(f"of him: {hits}, differing: {differing}, left: {mine['left']}")


def prepare(folder: Path) -> list[str]:
    """Make the world, erase him from a copy in peace, and write down that state; the steps that it took."""
    import_module("pandas")  # DuckDB does; here, so that the processes to kill need not
    origin, clean, steps = folder / "origin", folder / "clean", list[str]()
    in_child(lambda: world(origin))
    shutil.copytree(origin, clean, symlinks=True)

    def peacefully() -> None:
        work_on(clean, steps.append)
        (folder / "steps").write_bytes(pickle.dumps(steps))
        (folder / "state").write_bytes(pickle.dumps(state(clean)))

    in_child(peacefully)
    return list(pickle.loads((folder / "steps").read_bytes()))  # noqa: S301  # our own


def survives(folder: Path, *kills: Callable[[Path], object]) -> int:
    """Kill it, once or more on the way to one end, then let it end, and compare; how many were hit alive."""
    home = Path(shutil.copytree(folder / "origin", folder / "home", symlinks=True))
    hit = sum(in_child(partial(kill, home)) for kill in kills)
    in_child(partial(work_on, home))
    in_child(partial(compare, home, folder / "state"))
    shutil.rmtree(home)
    return hit


def at_step(number: int, home: Path) -> None:
    """Be killed before the n-th step."""
    work_on(home, dying_at(number))


def at_moment(seconds: float, home: Path) -> None:
    """Be killed after some time."""
    killed_after(seconds, partial(work_on, home))()


def main(folder: Path, apart: int, moments: int, seed: int) -> None:
    """Kill at every step, or at some that lie apart, then up to twice at random moments; print the counts."""
    steps, chance = prepare(folder), random.Random(seed)  # noqa: S311  # instants
    chosen = range(0, len(steps), apart)
    for number in chosen:
        if not survives(folder, partial(at_step, number)):
            raise SystemExit(f"no kill at step {number}: {steps[number]}")
    began = time.monotonic()
    survives(folder)
    longest, hit = time.monotonic() - began, 0
    while hit < moments:
        tries = [chance.uniform(0.01, longest) for _ in range(chance.randint(1, 2))]
        hit += survives(folder, *(partial(at_moment, seconds) for seconds in tries))
    kinds = sorted({step.split()[0] for step in steps})
    print(f"{len(steps)} steps ({', '.join(kinds)}), killed at {len(chosen)}, and at {hit} random moments")


def killed(folder: Path, *, apart: int, moments: int, seed: int) -> str:
    environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(folder), str(apart), str(moments), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_some_kills_of_an_erasure_leave_no_trace_of_him_or_of_them(tmp_path: Path) -> None:
    assert "os.rename, os.rmdir, sqlite" in killed(tmp_path, apart=40, moments=2, seed=1)


@pytest.mark.long
def test_kills_at_every_step_and_at_a_hundred_moments_leave_no_trace_of_him_or_of_them(
    tmp_path: Path,
) -> None:
    print(killed(tmp_path, apart=1, moments=100, seed=20261122))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
