"""What dbt cannot say about itself: the clocks and the home that the caller gives it."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).parents[2] / "dbt_project"
CONSENT = (
    "'eccube' as shop_id, 'main' as brand_id, 'mail' as channel, 'advertising' as purpose, "
    "'granted' as state, '' as form_version, 'signup' as source, "
    "'1997-01-01 12:00:00' as changed_at, '' as mail"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "the shop's own"
    for feed in ("eccube_orders", "eccube_customers", "consents"):
        (home / "raw" / feed).mkdir(parents=True)
        write(home / "raw" / feed / "_contract.parquet", "timestamp '1997-01-01' as _landed_at limit 0")
    for member, landed_at in (("before", "1997-01-08 14:59:59"), ("after", "1997-01-08 15:00:00")):
        row = f"{CONSENT}, '{member}' as member_id, timestamp '{landed_at}' as _landed_at"
        write(home / "raw" / "consents" / f"{member}.parquet", row)
    return home


def write(path: Path, row: str) -> None:
    duckdb.sql(f"select {row}").write_parquet(str(path))


def dbt(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    here = {
        "JOREN_HOME": home,
        "JOREN_WAREHOUSE": home / "warehouse.duckdb",
        "DBT_TARGET_PATH": home / "target",
    }
    return subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--log-path", home / "logs", *arguments,
         "--project-dir", PROJECT, "--profiles-dir", PROJECT],
        env={**os.environ, **{name: str(path) for name, path in here.items()}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_known_by_hides_what_landed_on_that_day_in_tokyo_or_later(home: Path) -> None:
    run = dbt(home, "run", "--select", "stg_joren__consents", "--vars", "{known_by: 1997-01-09}")
    assert run.returncode == 0, run.stdout
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        rows = warehouse.sql("select person_key from staging.stg_joren__consents").fetchall()
    assert rows == [("eccube:member:before",)]


def test_without_a_day_dbt_says_how_to_name_it(home: Path) -> None:
    run = dbt(home, "compile", "--select", "int_orders_judged")
    assert run.returncode != 0
    assert "Name the day: --vars '{as_of: 1997-01-20}'" in run.stdout
