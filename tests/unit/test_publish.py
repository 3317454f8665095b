import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from orchestration.publish.candidates import write_candidates
from orchestration.publish.marts import publish
from orchestration.publish.versions import Version, current_version, turn_to
from orchestration.publish.warehouse import set_aside_if_broken

ROOT = Path(__file__).parents[2]
TABLES = {"dim_things": ("thing_id", "name"), "fct_deeds": ("deed_id",)}
NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
LOOK = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as reader:
    print(duckdb.__version__, reader.sql("from dim_things").fetchall())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "marts").mkdir()
    (tmp_path / "candidates").mkdir()
    with duckdb.connect(tmp_path / "warehouse.duckdb") as db:
        db.execute("create schema marts")
        db.execute("create schema private")
        db.execute("create table marts.dim_things as select 1 as thing_id, '髙' as name, 'secret' as mail")
        db.execute("create table marts.fct_deeds as select range as deed_id from range(1000)")
        db.execute("create table private.mail_candidates as select 'ab' as message_name, 'a@b' as mail")
    return tmp_path


def change(home: Path, statement: str) -> None:
    with duckdb.connect(home / "warehouse.duckdb") as db:
        db.execute(statement)


def release(home: Path, now: datetime = NOW) -> Version:
    return publish(home=home, warehouse=home / "warehouse.duckdb", tables=TABLES, as_of=DAY, now=now)


def test_a_version_carries_the_allowed_columns_and_no_other(home: Path) -> None:
    release(home)
    with duckdb.connect(home / "marts" / "marts.duckdb", read_only=True) as reader:
        assert reader.execute("select * from dim_things").fetchall() == [(1, "髙")]
        assert reader.execute("select version, as_of from _publish").fetchall() == [(1, DAY)]
        assert reader.execute("select name, row_count from _publish_tables order by name").fetchall() == [
            ("dim_things", 1),
            ("fct_deeds", 1000),
        ]
    assert pq.read_table(home / "marts" / "parquet" / "fct_deeds.parquet").num_rows == 1000


def test_the_same_contents_are_not_published_twice(home: Path) -> None:
    assert [release(home).number, release(home).number] == [1, 1]


def test_unchanged_parquet_is_a_hard_link_and_changed_parquet_is_not(home: Path) -> None:
    release(home)
    change(home, "insert into marts.fct_deeds values (1000)")
    release(home)
    shelf = home / "marts"
    assert (shelf / "parquet-1/dim_things.parquet").samefile(shelf / "parquet-2/dim_things.parquet")
    assert not (shelf / "parquet-1/fct_deeds.parquet").samefile(shelf / "parquet-2/fct_deeds.parquet")


def test_what_readers_see_is_read_only_and_open_to_all(home: Path) -> None:
    release(home)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (home / "marts").rglob("*") if path.is_file()}
    assert modes == {0o444}


def test_a_reader_of_the_old_version_goes_on_reading_it(home: Path) -> None:
    release(home)
    with duckdb.connect(home / "marts" / "marts.duckdb", read_only=True) as reader:
        change(home, "delete from marts.fct_deeds")
        release(home)
        assert reader.execute("select count(*) from fct_deeds").fetchall() == [(1000,)]
    with duckdb.connect(home / "marts" / "marts-2.duckdb", read_only=True) as reader:
        assert reader.execute("select count(*) from fct_deeds").fetchall() == [(0,)]


def test_old_versions_go_but_not_the_last_five_nor_the_young(home: Path) -> None:
    for n in range(8):
        change(home, f"insert into marts.fct_deeds values ({n})")
        release(home, NOW)
    for facts in (home / "marts").glob("marts-*.json"):
        os.utime(facts, (NOW.timestamp(), NOW.timestamp()))
    release(home, NOW + timedelta(hours=23))
    assert (home / "marts" / "marts-1.duckdb").exists()
    change(home, "insert into marts.fct_deeds values (9)")
    release(home, NOW + timedelta(hours=25))
    kept = sorted(path.name for path in (home / "marts").glob("marts-*.duckdb"))
    assert kept == [f"marts-{n}.duckdb" for n in range(5, 10)]


def test_one_can_go_back_and_the_next_number_still_grows(home: Path) -> None:
    release(home)
    change(home, "delete from marts.fct_deeds")
    release(home)
    turn_to(home / "marts", 1)
    current = current_version(home / "marts")
    assert current is not None
    assert current.number == 1
    change(home, "insert into marts.fct_deeds values (7)")
    assert release(home).number == 3
    with pytest.raises(FileNotFoundError, match=r"no such version; there are \[1, 2, 3\]"):
        turn_to(home / "marts", 9)


def test_leftovers_of_a_dead_publisher_are_swept_and_its_number_is_spent(home: Path) -> None:
    shelf = home / "marts"
    (shelf / "marts-1.json").write_text('{"number": 1, "as_of": "x", "rows": {}, "hashes": {}}')
    (shelf / "marts-1.duckdb.tmp").write_text("half")
    (shelf / "parquet-1.tmp").mkdir()
    assert release(home).number == 2
    assert list(shelf.glob("*.tmp*")) == []


@pytest.mark.parametrize("reader", ["1.4.5", "2.0.0"])
def test_older_and_newer_duckdb_open_what_is_published(home: Path, reader: str) -> None:
    release(home)
    found = subprocess.run(
        [sys.executable, "-c", LOOK, str(home / "marts" / "marts.duckdb")],
        env={"PYTHONPATH": str(ROOT / ".venv" / "readers" / reader)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout == f"{reader} [(1, '髙')]\n"


def test_candidates_are_private_and_their_footer_says_day_and_build(home: Path) -> None:
    release(home)
    rows = write_candidates(home=home, warehouse=home / "warehouse.duckdb", as_of=DAY)
    path = home / "candidates" / "2026-11-22.parquet"
    footer = pq.read_schema(path).metadata
    assert rows == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (footer[b"joren.as_of"], footer[b"joren.build_passed"], footer[b"joren.marts_version"]) == (
        b"2026-11-22", b"true", b"1",
    )  # fmt: skip


def test_a_warehouse_that_does_not_open_makes_room(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    assert set_aside_if_broken(warehouse) is None
    warehouse.write_bytes(b"\0" * 5000)
    assert set_aside_if_broken(warehouse) == tmp_path / "warehouse.broken"
    assert not warehouse.exists()


def test_a_sound_warehouse_stays(home: Path) -> None:
    assert set_aside_if_broken(home / "warehouse.duckdb") is None
    assert (home / "warehouse.duckdb").exists()
