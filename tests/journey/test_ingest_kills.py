"""Landing, entrance door and catalogue, killed at any instant: in the end all is as one clean run makes it.

Run as a script this file fills homes with files of several vendors, kills the work on them, and compares.
"""

import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from demo_shop import FIRST_NIGHT, night, simulated
from feed_files import FEEDS
from landing_feeds import drop
from seed_files import seed

from orchestration.doors.entrance import judge
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.land import land
from orchestration.receive import door_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 25, tzinfo=UTC)
STILL = NOW.timestamp() - 120  # a file whose marker went before the kill is ready all the same
FROM_DEMO = ("eccube_orders", "eccube_customers", "rakuten_orders", "amazon_orders", "consents")
FROM_SEED = ("rakuten_api_orders", "shopify_bulk_orders")
SOME = ("amazon_orders", "eccube_customers", "rakuten_api_orders")
Changed = tuple[str, Callable[[bytes], bytes]]


def torn(content: bytes) -> bytes:
    """With a row that cannot be read."""
    return content + b"one cell\n"


def spoilt(content: bytes) -> bytes:
    """With a year in which nobody bought."""
    return content.replace(b"2026-", b"1926-", 1)


def in_utf_16(content: bytes) -> bytes:
    return content.decode("cp932").encode("utf-16")


EVERY: list[Changed] = [("", bytes), ("", torn), ("", lambda content: content[:-7]), ("", spoilt)]
PACKED: Changed = (".gz", lambda content: gzip.compress(content, mtime=0))
MORE: dict[str, list[Changed]] = {
    "eccube_orders": [PACKED, ("", bytes)],  # the same bytes, exported again
    "eccube_customers": [("", in_utf_16), ("", bytes)],
    "rakuten_orders": [PACKED, ("", lambda _: b"")],
    "amazon_orders": [PACKED, ("", lambda content: content.replace(b"\t", b"\t\t", 1))],
    "consents": [],
    "rakuten_api_orders": [PACKED],
    "shopify_bulk_orders": [PACKED],
}
STAMPED = {
    "eccube_orders": "order_{}.csv", "eccube_customers": "customer_{}.csv",
    "rakuten_orders": "rakuten_{}.csv", "amazon_orders": "all_orders_{}.txt", "consents": "consents_{}.csv",
    "rakuten_api_orders": "getOrder_{}.json", "shopify_bulk_orders": "bulk_orders_{}.jsonl",
}  # fmt: skip


def vendor_files(folder: Path, names: list[str]) -> dict[tuple[str, str], bytes]:
    """What comes to these feeds: by feed and name."""
    written = night(folder, simulated(customers=40), FIRST_NIGHT)
    first = {name: written[name][0].path.read_bytes() for name in FROM_DEMO}
    first |= {name: seed(FEEDS[name], 5, lambda row, path: f"{row} {path} 髙") for name in FROM_SEED}
    found = {}
    for name in names:
        for number, (suffix, change) in enumerate(EVERY + MORE[name]):
            stamp = (datetime(2026, 11, 21, 3, tzinfo=UTC) + timedelta(hours=number)).strftime("%Y%m%d%H%M%S")
            found[name, STAMPED[name].format(stamp) + suffix] = change(first[name])
    return found


def work_on(home: Path) -> None:
    """What the daily job does to files."""
    known = [FEEDS[path.name] for path in sorted((home / "inbox").iterdir())]
    for feed in known:
        land(home=home, feed=feed, now=NOW)
        judge(home=home, door=door_of(feed), since=NOW)
    write_catalogue(home=home, feeds=known)


def is_killed(home: Path, seconds: float | None) -> bool:
    """Work in a process of its own, killed after some time; tell whether it was."""
    if (child := os.fork()) == 0:
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles it: the process ends at once
        work_on(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work failed by itself")
    return os.WIFSIGNALED(status)


def prepare(home: Path, files: dict[tuple[str, str], bytes]) -> None:
    for (feed, name), content in files.items():
        path = drop(home, FEEDS[feed], name, content)
        os.utime(path, (STILL, STILL))


def tree(home: Path) -> dict[str, str]:
    """Every file below a home with the hash of its bytes."""
    files = (path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(home: Path, *rooms: str) -> int:
    """How many stand in a home's Parquet files; the catalogue's apart."""
    found = (path for room in rooms for path in (home / room).rglob("*.parquet"))
    return sum(pq.read_metadata(path).num_rows for path in found if path.parent.name != "_catalogue")


def main(folder: Path, kills: int, start: int, names: list[str]) -> None:
    """Kill so often, up to three times on the way to one end; print what was counted."""
    import_module("great_expectations")  # here, so that the processes to kill need not import it
    files, clean = vendor_files(folder / "demo", names), folder / "clean"
    prepare(clean, files)
    began = time.monotonic()
    is_killed(clean, None)
    longest, wanted, hit, ends = time.monotonic() - began, tree(clean), 0, 0
    chance = random.Random(start)  # noqa: S311  # instants, no secrets
    while hit < kills:
        home = folder / f"{ends}"
        prepare(home, files)
        hit += sum(is_killed(home, chance.uniform(0.01, longest)) for _ in range(chance.randint(1, 3)))
        is_killed(home, None)
        if (found := tree(home)) != wanted:
            odd = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
            raise SystemExit(f"{home} differs: {odd}")
        ends += 1
    in_raw, aside = rows(clean, "raw"), rows(clean, "quarantine")
    told = f"{len(files)} files of {len(names)} feeds, {in_raw} rows in raw, {aside} in quarantine"
    print(f"{hit} kills on the way to {ends} ends from start {start}: {told}, 0 differing")


def killed(folder: Path, *, kills: int, start: int, names: tuple[str, ...]) -> str:
    environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(folder), str(kills), str(start), *names]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_some_kills_of_the_ingest_leave_no_trace(tmp_path: Path) -> None:
    assert f"files of {len(SOME)} feeds" in killed(tmp_path, kills=3, start=1, names=SOME)


@pytest.mark.long
def test_two_hundred_kills_of_the_ingest_leave_no_trace(tmp_path: Path) -> None:
    print(killed(tmp_path, kills=200, start=20261122, names=(*FROM_DEMO, *FROM_SEED)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
