"""A build adds to the last one only if all that this stood on is still there and is still read alike."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from killing import in_child, killed_at

from orchestration.publish.basis import building
from orchestration.publish.warehouse import NotBuiltError, require_build

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
LANDED, LATER = f"{'a' * 64}.parquet", f"{'b' * 64}.parquet"
KEPT = (
    f"raw/orders/{LANDED}", "raw/_catalogue/feeds.parquet", "raw/_catalogue/order_statuses.parquet",
    "raw/_catalogue/line_kinds.parquet", "raw/_catalogue/contract_orders.parquet", "ledger/customer.key",
    "raw/_catalogue/erasures.parquet",
    "project/models/marts/dim_things.sql", "project/models/marts/dim_things.yml", "project/macros/names.sql",
    "project/seeds/states.csv", "project/dbt_project.yml", "project/profiles.yml",
    "shop/seeds/states.csv",
)  # fmt: skip


def furnish(home: Path) -> Path:
    """A home with one landed file, and a project."""
    for name in KEPT:
        write(home / name, name)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    built = furnish(tmp_path)
    assert not build(built)
    return built


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def build(home: Path, as_of: date = DAY) -> bool:
    """Write one more row into the warehouse; whether that was allowed to add to what was there."""
    file = home / "warehouse.duckdb"
    with (
        building(
            home=home, warehouse=file, project=home / "project", as_of=as_of, shop=home / "shop"
        ) as adds_to,
        duckdb.connect(file) as warehouse,
    ):
        warehouse.execute("create table if not exists builds as select 0 as n limit 0")
        warehouse.execute("insert into builds select count(*) from builds")
    return adds_to is not None


def test_what_the_last_build_stood_on_is_told_to_dbt(home: Path) -> None:
    file = home / "warehouse.duckdb"
    stands_on = {"home": home, "project": home / "project", "shop": home / "shop"}
    with building(**stands_on, warehouse=file, as_of=DAY) as adds_to:
        assert adds_to is not None
        assert pq.read_table(adds_to).to_pylist() == [{"file_sha256": "a" * 64, "as_of": DAY}]
        assert adds_to.stat().st_mode & 0o777 == 0o600


def lands(home: Path) -> None:
    write(home / "raw" / "orders" / LATER, "new")


def lands_unread(home: Path) -> None:
    write(home / "raw" / "orders" / ".pending" / LATER, "not judged yet")
    write(home / "raw" / "_catalogue" / "files.parquet", "one more file")


def test_it_adds_on_the_same_day_and_a_later_one_whatever_has_landed_since(home: Path) -> None:
    assert build(home)
    lands(home)
    lands_unread(home)
    assert build(home, DAY + timedelta(days=3))
    assert build(home, DAY + timedelta(days=3))


def test_an_earlier_day_is_built_anew_and_so_is_what_followed_it_before(home: Path) -> None:
    assert not build(home, DAY - timedelta(days=1))
    assert build(home, DAY)


@pytest.mark.parametrize("name", KEPT)
def test_whatever_is_read_otherwise_makes_a_new_beginning_once(home: Path, name: str) -> None:
    write(home / name, f"{name}, changed")
    assert not build(home)
    assert build(home)


def test_another_carrier_makes_a_new_beginning_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOREN_CARRIER", "sendgrid")
    assert not build(home)
    assert build(home)


@pytest.mark.parametrize("name", KEPT)
def test_whatever_is_gone_makes_a_new_beginning(home: Path, name: str) -> None:
    (home / name).unlink()
    assert not build(home)


def written_anew(home: Path) -> None:
    path = home / "raw" / "orders" / LANDED
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))


def moved(home: Path) -> None:
    models = home / "project" / "models"
    (models / "marts").rename(models / "private")


def joined_by_another(home: Path) -> None:
    write(home / "project" / "models" / "marts" / "fct_deeds.sql", "select 1")


def touched(home: Path) -> None:
    with duckdb.connect(home / "warehouse.duckdb") as warehouse:
        warehouse.execute("create table by_hand as select 1 as n")


def lost(home: Path) -> None:
    (home / "warehouse.duckdb").unlink()


def failed(home: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="a test of the day failed"),
        building(home=home, warehouse=home / "warehouse.duckdb", project=home / "project", as_of=DAY),
    ):
        raise RuntimeError("a test of the day failed")


@pytest.mark.parametrize("change", [written_anew, moved, joined_by_another, touched, lost, failed])
def test_after_anything_else_all_is_built_anew_once(home: Path, change: Callable[[Path], None]) -> None:
    change(home)
    assert not build(home)
    assert build(home)


@pytest.mark.parametrize("number", range(20))
def test_a_damaged_file_is_moved_aside_and_built_anew(home: Path, number: int) -> None:
    file = home / "warehouse.duckdb"
    content = bytearray(file.read_bytes())
    at = len(content) * number // 20
    damaged = content[:at] if number % 4 == 3 else content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    file.write_bytes(damaged)
    assert not build(home)
    assert (home / "warehouse.broken").read_bytes() == damaged
    with duckdb.connect(file, read_only=True) as warehouse:
        assert warehouse.sql("from builds").fetchall() == [(0,)]


def test_killed_at_any_step_of_a_build_the_next_adds_only_to_what_was_left_untouched(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kills, untouched = map(int, done.stdout.split())
    assert kills > 5
    assert 0 < untouched < kills / 2


def main(folder: Path) -> None:
    """Kill a build at every step; print how many they are, and after how many the last build still stood."""
    origin, untouched = furnish(folder / "origin"), 0
    in_child(lambda: build(origin))
    before = (origin / "warehouse.duckdb").read_bytes()
    for number in range(1_000):
        home = Path(shutil.copytree(origin, folder / str(number)))
        if not in_child(killed_at(number, lambda home=home: build(home))):
            print(number, untouched)
            return
        in_child(lambda home=home: after_a_kill(home, before))
        untouched += (home / "adds").exists()
    raise SystemExit("a build of a thousand steps")


def after_a_kill(home: Path, before: bytes) -> None:
    """Only a file that is what it was, and whose build counts as passed, may be added to."""
    is_same = (home / "warehouse.duckdb").read_bytes() == before
    try:
        require_build(home / "warehouse.duckdb", DAY)
        passed = True
    except NotBuiltError:
        passed = False
    if build(home):
        assert is_same
        assert passed
        (home / "adds").touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
