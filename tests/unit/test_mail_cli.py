import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mail_jobs.__main__ import app
from tests.mail_world import DAY, people, publish

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", DAY.isoformat())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOREN_HOME", str(tmp_path))
    monkeypatch.setenv("JOREN_CARRIER", "outbox")
    monkeypatch.setenv("COLUMNS", "120")
    publish(tmp_path, people(5, holdout_percent=0))
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def shell(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JOREN_")}
    return subprocess.run(
        [sys.executable, "-m", "mail_jobs", *words], cwd=ROOT, text=True, capture_output=True, check=False,
        env=clean | {"JOREN_HOME": str(home)},
    )  # fmt: skip


@pytest.mark.usefixtures("home")
def test_a_day_by_command_line() -> None:
    assert "5 decided" in run("plan", *AS_OF)
    report = json.loads(run("send", *AS_OF, "--json"))
    assert report["rows"] == [
        {"scenario": "second_purchase", "step": "1", "arm": "treat", "state": "accepted", "messages": 5}
    ]
    assert "nothing new" in run("plan", *AS_OF)
    assert "nothing new" in run("send", *AS_OF)
    assert "accepted" in run("status")
    assert json.loads(run("status", "--json"))["unresolved"] == []


def test_a_preview_shows_one_mail_and_keeps_nothing(home: Path) -> None:
    preview = run("preview", *AS_OF, "--step", "second_purchase/1")
    assert "Subject: 山田 花子" in preview
    assert "使い心地はいかがですか" in preview
    assert [path.name for path in home.iterdir()] == ["candidates"]


def test_a_refusal_is_one_line_and_a_bad_exit(tmp_path: Path) -> None:
    refused = shell(tmp_path, "plan", *AS_OF)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "Build and publish 2026-05-20 first." in refused.stderr


def test_without_a_carrier_nothing_is_sent(tmp_path: Path) -> None:
    refused = shell(tmp_path, "send", *AS_OF)
    assert (refused.returncode, "JOREN_CARRIER" in refused.stderr) == (1, True)
