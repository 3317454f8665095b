"""Builds that add to the last one give what a build of everything gives, whatever came and in which order."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from dbt_build import PROJECT, dbt, drop, let_in
from town import nights

from orchestration.publish.basis import building

TABLES = (
    *(f"intermediate.int_person_{name}" for name in ("keys_collected", "statements")),
    *(f"intermediate.int_{name}" for name in ("match_keys", "persons_matched", "consents_stated")),
    *(f"intermediate.int_{name}" for name in ("addresses_mailed", "provider_suppressions_told")),
    *(f"intermediate.int_customers_{name}" for name in ("clustered", "profiled", "heard")),
    "intermediate.int_mailability_ranked",
    "private.mail_eligibility",
    *(f"marts.{name}" for name in ("fct_customer_merges", "rpt_clusters_refused", "rpt_mailability")),
)
MODELS = ("+mail_eligibility", "+rpt_mailability", "+fct_customer_merges", "+rpt_clusters_refused")


def build(home: Path, as_of: date, monkeypatch: pytest.MonkeyPatch, *, tested: bool) -> bool:
    """Build who is who and who may be written to, on the last build if that may be; whether it was."""
    with building(home=home, warehouse=home / "warehouse.duckdb", project=PROJECT, as_of=as_of) as adds_to:
        monkeypatch.setenv("JOREN_BASIS", str(adds_to or ""))
        chosen = ["--select", *MODELS, "--indirect-selection", "cautious"]
        left_out = ["--exclude-resource-type", "unit_test", *([] if tested else ["test"])]
        run = dbt(home, "--quiet", "build", *chosen, *left_out, as_of=as_of)
        assert run.returncode == 0, run.stdout
    return adds_to is not None


def contents(home: Path) -> dict[str, object]:
    """Number of rows and sum of their hashes of each table."""
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        count = "select count(*), sum(md5_number_lower(t::varchar)) from {} as t"
        return {name: warehouse.execute(count.format(name)).fetchone() for name in TABLES}


def live(home: Path, seed: int, monkeypatch: pytest.MonkeyPatch, *, compared: set[int]) -> None:
    """Build night by night, and compare with builds of everything."""
    (home / "ledger").mkdir()
    (home / "ledger" / "customer.key").write_text("c0ffee")
    for n, (as_of, files) in enumerate(nights(seed, max(compared) + 1)):
        for feed, name, content in files:
            drop(home, feed, name, content)
        let_in(home, datetime(2026, 6, 1, n, tzinfo=UTC))
        assert build(home, as_of, monkeypatch, tested=n in compared) == (n > 0)
        if n in compared:
            added = contents(home)
            (home / "warehouse.duckdb").rename(home / "added.duckdb")
            assert not build(home, as_of, monkeypatch, tested=False)
            assert contents(home) == added
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.execute("select 1 from marts.fct_customer_merges").fetchone()


def test_night_by_night_gives_what_one_build_of_all_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(tmp_path, 1, monkeypatch, compared={2})


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_on_every_night_of_many_histories_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    live(tmp_path, seed, monkeypatch, compared=set(range(1, 9)))
