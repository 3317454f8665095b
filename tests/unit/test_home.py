import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.home import HomeBusyError, LostKeyError, furnish, hold

HOLDER = """
import sys, time
from pathlib import Path
from orchestration.home import hold
with hold(Path(sys.argv[1]), wait_seconds=5):
    print("held", flush=True)
    sys.stdin.read()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folders_and_key_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        furnish(tmp_path / "home")
    finally:
        os.umask(before)
    home = tmp_path / "home"
    assert mode(home) == 0o711
    assert mode(home / "marts") == 0o755
    assert {mode(path) for path in home.iterdir() if path.name != "marts"} == {0o700}
    assert mode(home / "ledger" / "customer.key") == 0o600


def test_furnishing_again_keeps_the_key(tmp_path: Path) -> None:
    furnish(tmp_path)
    key = (tmp_path / "ledger" / "customer.key").read_text()
    furnish(tmp_path)
    assert (tmp_path / "ledger" / "customer.key").read_text() == key
    assert len(key) == 64


def test_a_lost_key_is_not_replaced_beside_a_ledger(tmp_path: Path) -> None:
    furnish(tmp_path)
    (tmp_path / "ledger" / "customer.key").unlink()
    (tmp_path / "ledger" / "ledger.sqlite").touch()
    with pytest.raises(LostKeyError, match="Restore the key"):
        furnish(tmp_path)


def test_a_second_process_waits_then_names_the_holder_and_death_frees_the_lock(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(HomeBusyError, match=f"process {first.pid}"), hold(tmp_path, wait_seconds=0.2):
            pass
        first.kill()
        first.wait()
        began = time.monotonic()
        with hold(tmp_path, wait_seconds=5):
            assert time.monotonic() - began < 2
