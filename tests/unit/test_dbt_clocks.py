"""What dbt cannot say about itself: the clocks and the home that the caller gives it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from dbt_build import dbt, drop, let_in, reading

CONSENTS = """
shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at
eccube,{member_id},{member_id}@example.com,main,mail,advertising,granted,1,signup,1997-01-01 12:00:00
"""
LANDED = {
    "before": datetime(1997, 1, 8, 14, 59, 59, tzinfo=UTC),
    "after": datetime(1997, 1, 8, 15, 0, 0, tzinfo=UTC),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "the shop's own"
    for n, (member_id, now) in enumerate(LANDED.items(), start=1):
        content = CONSENTS.lstrip().format(member_id=member_id)
        drop(home, "consents", f"consents_1997010{n}060000.csv", content)
        let_in(home, now)
    return home


def test_known_by_hides_what_landed_on_that_day_in_tokyo_or_later(home: Path) -> None:
    models = ["stg_joren__consents", "stg_joren__files"]
    run = dbt(home, "run", "--select", *models, "--vars", "{known_by: 1997-01-09}", as_of=None)
    assert run.returncode == 0, run.stdout
    with reading(home) as warehouse:
        rows = warehouse.sql("select person_key from staging.stg_joren__consents").fetchall()
        files = warehouse.sql("select file_name from staging.stg_joren__files").fetchall()
    assert rows == [("eccube:member:before",)]
    assert files == [("consents_19970101060000.csv",)]


def test_without_a_catalogue_dbt_says_what_to_do(tmp_path: Path) -> None:
    run = dbt(tmp_path, "run", "--select", "stg_joren__points", as_of=None)
    assert run.returncode != 0
    assert "Run `python -m orchestration.landing land`" in run.stdout


def test_without_a_day_dbt_says_how_to_name_it(tmp_path: Path) -> None:
    run = dbt(tmp_path, "compile", "--select", "int_feeds_watched", as_of=None)
    assert run.returncode != 0
    assert "Name the day: --vars '{as_of: 1997-01-20}'" in run.stdout
