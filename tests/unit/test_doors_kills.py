"""A door that is killed leaves each file pending, let in or refused, and the next judgement completes it.

Run as a script this file kills the door at every change that it makes to the disk, one after the other.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from doorway import FEED, aside, let_in, pend
from killing import in_child, killed_at

from orchestration.doors.results import Failing, RefusedFile
from orchestration.doors.shelf import Shelf, admit, refuse

ROOT = Path(__file__).parents[2]
TAKEN = pa.table({"_row_number": [2], "reason": ["price is a number"]})
ROWS = [{"order_id": str(number)} for number in range(5)]
WHOLE, DIVIDED, REFUSED = "whole.csv", "divided.csv", "refused.csv"


def prepare(home: Path) -> None:
    """Files that wait, and what an earlier, other judgement of them has left."""
    for name in (WHOLE, DIVIDED, REFUSED):
        statement = pend(home, name, *ROWS)
        for older in (aside(home, statement), let_in(home, statement)):
            older.write_bytes(b"older")
    for suffix in ("json", "parquet"):
        older = (
            home / "quarantine" / FEED / "files" / f"{hashlib.sha256(WHOLE.encode()).hexdigest()}.{suffix}"
        )
        older.write_bytes(b"{}")


def judge_all(home: Path) -> None:
    """Move every file as it was judged."""
    shelf = Shelf(home=home, feed_name=FEED)
    for file in shelf.pending():
        failing = Failing(sha256=file.sha256, file=REFUSED, count=1, rows=(2,))
        if file.said["file"] == REFUSED:
            broken = (("price is a number", failing),)
            landed_at = datetime(2026, 1, 9, tzinfo=UTC)
            said = RefusedFile(
                feed=FEED, file=REFUSED, sha256=file.sha256, landed_at=landed_at, broken=broken
            )
            refuse(shelf, file, said)
        else:
            admit(shelf, file, TAKEN if file.said["file"] == DIVIDED else None)


def tree(home: Path) -> dict[str, str]:
    """Every file with its name with the hash of its bytes."""
    files = (path for path in home.rglob("*") if path.is_file() and path.suffix != ".tmp")
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def is_whole(home: Path) -> bool:
    """Whether rows are let in only when those left out of them lie aside, and no file has gone."""
    states = []
    for name in (WHOLE, DIVIDED, REFUSED):
        statement = hashlib.sha256(name.encode()).hexdigest()
        waits = (home / "raw" / FEED / ".pending" / f"{statement}.parquet").exists()
        inside, outside = let_in(home, statement), aside(home, statement)
        kept = inside.exists() and inside.read_bytes() != b"older"
        apart = outside.exists() and outside.read_bytes() != b"older"
        refused = (home / "quarantine" / FEED / "files" / f"{statement}.parquet").exists()
        states.append(waits or refused or (kept and apart == (name == DIVIDED)))
    return all(states)


def main(folder: Path) -> None:
    clean = folder / "clean"
    in_child(lambda: prepare(clean))
    in_child(lambda: judge_all(clean))
    for number in range(1_000):
        home = folder / str(number)
        in_child(lambda home=home: prepare(home))
        killed = in_child(killed_at(number, partial(judge_all, home)))
        if not is_whole(home):
            raise SystemExit(f"killed at step {number}: a file is neither here nor there")
        in_child(lambda home=home: judge_all(home))
        if tree(home) != tree(clean):
            raise SystemExit(f"killed at step {number}: the next judgement came to something else")
        if not killed:
            print(number)
            return


def test_killed_at_every_step_the_next_judgement_comes_to_the_same(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 10


def test_rows_left_out_lie_aside_and_the_others_are_in(tmp_path: Path) -> None:
    prepare(tmp_path)
    judge_all(tmp_path)
    statement = hashlib.sha256(DIVIDED.encode()).hexdigest()
    assert pq.read_table(aside(tmp_path, statement))["order_id"].to_pylist() == ["1"]
    assert pq.read_table(let_in(tmp_path, statement))["order_id"].to_pylist() == ["0", "2", "3", "4"]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()))
