"""Who carries the mail and who was erased say who may be written to: a build under others adds to nothing."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.home import furnish
from orchestration.publish.basis import building

DAY = date(2026, 11, 4)


def adds(home: Path) -> bool:
    """Build nothing over a home; whether that would have added to the last build."""
    with building(home=home, warehouse=home / "warehouse.duckdb", project=home, as_of=DAY) as basis:
        (home / "warehouse.duckdb").touch()
    return basis is not None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    furnish(tmp_path)
    (tmp_path / "ledger" / "customer.key").write_text("c0ffee")
    return tmp_path


def test_another_carrier_builds_all_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carriers = ["outbox", "outbox", "sendgrid", "sendgrid"]
    found = [monkeypatch.setenv("JOREN_CARRIER", carrier) or adds(home) for carrier in carriers]
    assert found == [False, True, False, True]


def test_another_list_of_the_erased_builds_all_anew(home: Path) -> None:
    listed = home / "raw" / "_catalogue" / "erasures.parquet"
    listed.parent.mkdir(exist_ok=True)
    listed.write_bytes(b"nobody")
    assert [adds(home), adds(home)] == [False, True]
    listed.write_bytes(b"somebody")
    assert [adds(home), adds(home)] == [False, True]
