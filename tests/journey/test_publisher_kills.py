"""Rows D2 and D3 of the promises: a publisher killed at any moment, and a reader who stays long."""

import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from publisher import DAY, TABLES
from shop import ROOT, three_readers

from orchestration.publish.marts import publish
from orchestration.publish.warehouse import end_build

SCRIPT = ROOT / "tests" / "publisher.py"
HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "marts").mkdir()
    with duckdb.connect(tmp_path / "warehouse.duckdb") as db:
        db.execute("create schema marts")
        db.execute("create table marts.fct_deeds as select range as deed_id, 'x' as name from range(100000)")
    return tmp_path


def kill_publishers(home: Path, *, kills: int, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311  # instants, no secrets
    with three_readers(home) as said:
        for _ in range(kills):
            with subprocess.Popen([sys.executable, SCRIPT, home], cwd=ROOT, env=HERE) as publisher:
                with pytest.raises(subprocess.TimeoutExpired):
                    publisher.wait(timeout=chance.uniform(0.2, 5))
                publisher.kill()
    looks = [int(text.removeprefix("looks: ")) for text in said if text.startswith("looks: ")]
    assert len(looks) == 3, said
    versions = max(int(path.name) for path in (home / "marts").iterdir() if path.name.isdecimal())
    assert versions > 1
    return f"{kills} kills of a publisher, {versions} versions, {sum(looks)} looks by three readers, 0 torn"


def test_readers_see_whole_versions_while_publishers_die(home: Path) -> None:
    kill_publishers(home, kills=5, seed=1)


@pytest.mark.long
def test_readers_see_whole_versions_while_two_hundred_publishers_die(home: Path) -> None:
    print(kill_publishers(home, kills=200, seed=200))


def test_a_reader_may_stay_while_a_hundred_versions_come_and_go(home: Path) -> None:
    warehouse = home / "warehouse.duckdb"
    end_build(warehouse, DAY)
    first = publish(home=home, warehouse=warehouse, tables=TABLES, as_of=DAY, now=datetime.now(UTC))
    shelf = home / "marts"
    with duckdb.connect((shelf / "marts.duckdb").resolve(), read_only=True) as reader:
        for n in range(2, 102):
            shutil.copytree(shelf / "1", shelf / str(n))
        with duckdb.connect(warehouse) as db:
            db.execute("insert into marts.fct_deeds values (0, 'y')")
        publish(home=home, warehouse=warehouse, tables=TABLES, as_of=DAY, now=datetime.now(UTC))
        assert reader.execute("select count(*) from fct_deeds").fetchall() == [(first.rows["fct_deeds"],)]
    assert list(shelf.glob("*.tmp")) == []
