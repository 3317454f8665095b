"""Seeds of the shop go before ours, and say what is wrong with them by file, row and column."""

from pathlib import Path

import pytest
from dbt_build import dbt, reading

from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds

HEADER = "window_days"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_catalogue(home=tmp_path, feeds=feeds(None))
    (tmp_path / "shop" / "seeds").mkdir(parents=True)
    return tmp_path


def seeded(home: Path, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Let dbt load a seed beside a file of the shop; how it ended, and what it said."""
    (home / "shop" / "seeds" / name).write_text(text)
    monkeypatch.setenv("JOREN_SHOP", str(home / "shop"))
    done = dbt(home, "build", "--select", "repeat_windows", as_of=None)
    return done.returncode, done.stdout


def windows(home: Path) -> list[int]:
    with reading(home) as warehouse:
        found = warehouse.sql("select window_days from seeds.repeat_windows order by all").fetchall()
    return [days for (days,) in found]


def test_the_shops_rows_go_before_ours_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = seeded(home, "repeat_windows.csv", f"{HEADER}\n45\n14\n", monkeypatch)
    assert code == 0, said
    assert windows(home) == [14, 45]
    (home / "shop" / "seeds" / "repeat_windows.csv").unlink()
    assert dbt(home, "build", "--select", "repeat_windows", as_of=None).returncode == 0
    assert windows(home) == [30, 60, 90, 180, 365]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("repeat_windows.csv", f"{HEADER}\n45\nsoon\n", "windows.csv row 2: window_days is no integer: soon"),
        ("repeat_windows.csv", "days\n45\n", "expected window_days"),
        ("repeat_windows.csv", f"{HEADER}\n45\n45\n", "is_key_repeat_windows_window_days"),
        ("repeat_window.csv", f"{HEADER}\n45\n", "goes before no seed of ours"),
    ],
)  # fmt: skip
def test_a_wrong_file_ends_the_build_and_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    code, found = seeded(home, name, text, monkeypatch)
    assert code != 0
    assert said in found
