"""An erasure killed at any instant is completed by the next call, and ends as one that nobody disturbed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import canary
import duckdb
import pyarrow.parquet as pq
import pytest
from mail_world import DAY, NOON, candidate, people, publish

from mail_jobs.day import plan_day
from orchestration import disk
from orchestration.home import furnish
from orchestration.landing.mapping.catalogue import feeds
from orchestration.privacy.described import Described
from orchestration.privacy.erase import complete, erase
from orchestration.privacy.whom import Person
from orchestration.receive import receive

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HIM = Person(
    customer_ids=frozenset({"c0"}),
    person_keys=frozenset({f"eccube:member:{canary.MEMBER}", f"shopify:member:{canary.SHOPIFY_MEMBER}"}),
    order_keys=frozenset({"rakuten:order:123456-20260101-0000000001"}),
    described=Described(
        mails=frozenset({canary.MAIL, canary.OLD_MAIL}),
        phones=frozenset({"09087654321", "0176239999"}),
        names=frozenset({canary.FAMILY + canary.GIVEN}),
        places=frozenset({"0392999", canary.STREET}),
        receivers=frozenset({f"{canary.FAMILY}{canary.GIVEN}|0392999"}),
    ),
    shared=frozenset(),
)


def world(home: Path) -> None:
    """A home in which he is everywhere: landed, in the inbox, unreadable, built, about to be written to."""
    furnish(home)
    (home / "ledger" / "customer.key").write_text("c0ffee")
    canary.drop(home, "20261120060000", date(2026, 11, 1))
    known = {feed.name: feed for feed in feeds(None)}
    canary.put(home, "eccube_orders", "order_20261119060000.csv", canary.MAIL.encode() + b"\xff\n")
    for folder in sorted((home / "inbox").iterdir()):
        receive(home=home, feed=known[folder.name], now=NOW)
    canary.drop(home, "20261121060000", date(2026, 11, 1))
    publish(home, [candidate(0, mail=canary.MAIL), *people(9)[1:]], DAY)
    plan_day(home=home, as_of=DAY, now=NOON)
    with duckdb.connect(home / "warehouse.duckdb") as db:
        db.execute("create schema private; create schema marts")
        numbered = "'c' || i as customer_id, 'x' || i as mail from range(9) as t(i)"
        db.execute(f"create table private.people as select {numbered}")
        db.execute(f"update private.people set mail = '{canary.MAIL}' where customer_id = 'c3'")
        db.execute("create table marts.facts as select 'c' || i as customer_id from range(9) as t(i)")
    disk.write_json(home / "warehouse.passed.json", {"as_of": "2026-11-22"})
    mail = home / "outbox" / "2026-11-21" / "token" / "name.eml"
    mail.parent.mkdir(parents=True)
    mail.write_text(f"To: {canary.MAIL}\n")
    assert canary.found(home)


def aside(work: Callable[[], object], seconds: float | None = None) -> int:
    """Do it in a process of its own, killed after some time; how it ended. This one must use no threads."""
    if (child := os.fork()) == 0:
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles it: the process ends at once
        try:
            work()
        except BaseException:  # noqa: BLE001  # the child must end here
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work failed by itself")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def work_on(home: Path) -> None:
    """What the command does, and what the daily job does with what a kill left."""
    complete(home=home, shop=None, now=NOW) or erase(home=home, shop=None, person=HIM, now=NOW)


def state(home: Path) -> dict[str, object]:
    """What there is in the end; of tables the cells, of the proof what does not count the kills."""
    files = {str(path.relative_to(home)): path for path in sorted(home.rglob("*")) if path.is_file()}
    same = {
        name: path for name, path in files.items() if name.startswith(("landing/", "ledger/era", "outbox/"))
    }
    tables = {
        name: path for name, path in files.items() if name.startswith(("raw/", "quarantine/", "candidates/"))
    }
    said: dict[str, object] = {name: path.read_bytes() for name, path in same.items()}
    said |= {
        name: pq.read_table(path).to_pylist() for name, path in tables.items() if name.endswith(".parquet")
    }
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as db:
        said |= {
            name: sorted(db.execute(f"from {name}").fetchall()) for name in ("private.people", "marts.facts")
        }
    proof = disk.read_json(next((home / "report" / "erasures").glob("*.json")))
    return said | {"names": [name for name in files if ".sqlite-" not in name], "left": proof["left"]}


def compare(home: Path, wanted: Path) -> None:
    """Nothing of him is left, and all else is as it is there."""
    assert canary.found(home) == []
    mine, clean = state(home), state(wanted)
    assert [name for name in mine.keys() | clean.keys() if mine.get(name) != clean.get(name)] == []
    assert mine["left"] == []


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill so often, up to twice on the way to one end; print what was counted."""
    import_module("great_expectations")  # here, so that the processes to kill need not import it
    origin, clean = folder / "origin", folder / "clean"
    aside(lambda: world(origin))
    shutil.copytree(origin, clean, symlinks=True)
    began = time.monotonic()
    aside(lambda: work_on(clean))
    longest, chance, hit, ends = time.monotonic() - began, random.Random(seed), 0, 0  # noqa: S311  # instants
    while hit < kills:
        home = Path(shutil.copytree(origin, folder / f"{ends}", symlinks=True))
        tries = [chance.uniform(0.01, longest) for _ in range(chance.randint(1, 2))]
        hit += sum(aside(partial(work_on, home), seconds) > 0 for seconds in tries)
        aside(partial(work_on, home))
        aside(partial(compare, home, clean))
        shutil.rmtree(home)
        ends += 1
    print(f"{hit} kills of an erasure, {ends} ends from seed {seed}: nothing of him left, 0 differing")


def killed(folder: Path, *, kills: int, seed: int) -> str:
    environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(folder), str(kills), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_few_kills_of_an_erasure_leave_no_trace_of_him_or_of_them(tmp_path: Path) -> None:
    assert "nothing of him left" in killed(tmp_path, kills=5, seed=1)


@pytest.mark.long
def test_a_hundred_kills_of_an_erasure_leave_no_trace_of_him_or_of_them(tmp_path: Path) -> None:
    print(killed(tmp_path, kills=100, seed=20261122))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
