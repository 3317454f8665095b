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
from orchestration.publish.warehouse import NotBuiltError, begin_build, end_build

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
    end_build(tmp_path / "warehouse.duckdb", DAY)
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
    old, new = home / "marts" / "1" / "parquet", home / "marts" / "2" / "parquet"
    assert (old / "dim_things.parquet").samefile(new / "dim_things.parquet")
    assert not (old / "fct_deeds.parquet").samefile(new / "fct_deeds.parquet")


def test_a_changed_column_makes_another_version_of_an_empty_table(home: Path) -> None:
    change(home, "delete from marts.fct_deeds")
    release(home)
    change(home, "alter table marts.fct_deeds alter deed_id type varchar")
    assert release(home).number == 2
    kind = pq.read_schema(home / "marts" / "parquet" / "fct_deeds.parquet").field("deed_id").type
    assert str(kind) == "string"


def test_what_readers_see_is_read_only_and_open_to_all(home: Path) -> None:
    before = os.umask(0o077)
    try:
        release(home)
    finally:
        os.umask(before)
    paths = list((home / "marts" / "1").rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o444}
    assert stat.S_IMODE((home / "marts" / "1").stat().st_mode) == 0o755


def test_both_faces_turn_in_one_step(home: Path) -> None:
    release(home)
    shelf = home / "marts"
    assert (shelf / "marts.duckdb").readlink() == Path("current/marts.duckdb")
    assert (shelf / "parquet").readlink() == Path("current/parquet")
    assert (shelf / "current").readlink() == Path("1")


def test_a_reader_of_the_old_version_goes_on_reading_it(home: Path) -> None:
    release(home)
    with duckdb.connect(home / "marts" / "marts.duckdb", read_only=True) as reader:
        change(home, "delete from marts.fct_deeds")
        release(home)
        assert reader.execute("select count(*) from fct_deeds").fetchall() == [(1000,)]
    with duckdb.connect(home / "marts" / "2" / "marts.duckdb", read_only=True) as reader:
        assert reader.execute("select count(*) from fct_deeds").fetchall() == [(0,)]


def test_a_version_is_kept_among_the_last_five_or_for_a_day_after_readers_left_it(home: Path) -> None:
    shelf = home / "marts"
    for n in range(7):
        change(home, f"insert into marts.fct_deeds values ({n})")
        release(home)
    assert kept(shelf) == [1, 2, 3, 4, 5, 6, 7]
    for n in range(1, 7):
        os.utime(shelf / str(n), (0, 0))
    change(home, "insert into marts.fct_deeds values (8)")
    release(home)
    assert kept(shelf) == [4, 5, 6, 7, 8]


def test_the_version_just_left_is_young_however_old_it_was(home: Path) -> None:
    shelf = home / "marts"
    for n in range(6):
        change(home, f"insert into marts.fct_deeds values ({n})")
        release(home)
    turn_to(shelf, 1)
    os.utime(shelf / "1", (0, 0))
    change(home, "insert into marts.fct_deeds values (6)")
    release(home)
    assert 1 in kept(shelf)


def kept(shelf: Path) -> list[int]:
    return sorted(int(path.name) for path in shelf.iterdir() if path.name.isdecimal())


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


def test_leftovers_of_a_dead_publisher_are_swept(home: Path) -> None:
    half = home / "marts" / "1.tmp"
    half.mkdir()
    (half / "marts.duckdb").write_text("half")
    assert release(home).number == 1
    assert sorted(path.name for path in (home / "marts").iterdir()) == [
        "1",
        "current",
        "marts.duckdb",
        "parquet",
    ]


@pytest.mark.parametrize("lost", ["marts.duckdb", "parquet", "version.json"])
def test_a_damaged_version_is_published_anew(home: Path, lost: str) -> None:
    release(home)
    path = home / "marts" / "1" / lost
    path.rename(home / lost)
    assert release(home).number == 2
    assert pq.read_table(home / "marts" / "parquet" / "fct_deeds.parquet").num_rows == 1000


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
    begin_build(warehouse, adds=False, damaged=False)
    warehouse.write_bytes(b"\0" * 5000)
    begin_build(warehouse, adds=False, damaged=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["warehouse.broken"]


def test_a_build_that_adds_finds_the_file_and_another_begins_with_a_new_one(home: Path) -> None:
    begin_build(home / "warehouse.duckdb", adds=True, damaged=False)
    assert (home / "warehouse.duckdb").exists()
    begin_build(home / "warehouse.duckdb", adds=False, damaged=False)
    assert not [path for path in home.iterdir() if path.name.startswith("warehouse.")]


def test_a_warehouse_that_another_process_holds_stays(home: Path) -> None:
    hold = "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    command = [sys.executable, "-c", hold, str(home / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        begin_build(home / "warehouse.duckdb", adds=False, damaged=True)
        assert (home / "warehouse.duckdb").exists()
        holder.communicate("\n")


def test_nothing_leaves_a_warehouse_whose_last_build_did_not_pass(home: Path) -> None:
    release(home)
    begin_build(home / "warehouse.duckdb", adds=True, damaged=False)
    with pytest.raises(NotBuiltError, match="stands for no day: its last build failed; expected 2026-11-22"):
        release(home)
    with pytest.raises(NotBuiltError):
        write_candidates(home=home, warehouse=home / "warehouse.duckdb", as_of=DAY)


def test_nothing_leaves_a_warehouse_that_was_built_for_another_day(home: Path) -> None:
    with pytest.raises(NotBuiltError, match="stands for 2026-11-22; expected 2026-11-23"):
        write_candidates(home=home, warehouse=home / "warehouse.duckdb", as_of=DAY + timedelta(days=1))
