"""A landing that is killed leaves files whole or not at all, and the next one completes it.

Run as a script this file kills a landing at every change that it makes to the disk, one after the other.
"""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from killing import in_child, killed_after, killed_at

from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import read_feed

ROOT = Path(__file__).parents[2]
FEED = read_feed(ROOT / "tests" / "feeds" / "notices.yaml")
NOW = datetime(2026, 1, 5, tzinfo=UTC)
STILL = NOW.timestamp() - 120  # a file whose marker went before the kill is ready all the same
HEADER = "member_id,mail,brand_id,state,changed_at\n"
ROW = "{},m{}@example.com,main,granted,2026-01-01 00:00:00\n"
FILES = {
    "notices_20260101000000.csv": HEADER + "".join(ROW.format(number, number) for number in range(20)),
    "notices_20260102000000.csv": HEADER + ROW.format(1, 1) + "short\n",
    "notices_20260103000000.csv": HEADER + "cut off",
    "notices.csv": HEADER + "cut off",
    "notices_20260104000000.csv": HEADER + ROW.format(1, 1) + "short\n",  # the second's bytes again
}
MARKERS = {  # times that differ from those of the names
    "notices.csv": "2026-01-03T12:00:00+09:00",
    "notices_20260102000000.csv": "2026-01-02T12:00:00+09:00",
}
RANDOM_KILLS = 10
LONGEST_SECONDS = 0.05


def prepare(home: Path) -> None:
    inbox = home / "inbox" / FEED.name
    inbox.mkdir(parents=True)
    for name, text in FILES.items():
        (inbox / name).write_text(text, "utf-8")
        os.utime(inbox / name, (STILL, STILL))
        (inbox / f"{name}.done").write_text(MARKERS.get(name, ""))


def tree(home: Path) -> dict[str, str]:
    """Every file below a home with the hash of its bytes."""
    files = (path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def is_whole(home: Path) -> bool:
    """Whether everything that has its name has its content, and each file lies in the inbox or has landed."""
    hashes = {hashlib.sha256(text.encode()).hexdigest() for text in FILES.values()}
    kept = {path for path in (home / "landing").rglob("*") if not path.suffix and path.is_file()}
    lying = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (home / "inbox").rglob("*.csv")}
    named = all(path.name == hashlib.sha256(path.read_bytes()).hexdigest() for path in kept)
    return named and {path.name for path in kept} | lying == hashes


def land_all(home: Path) -> None:
    land(home=home, feed=FEED, now=NOW)


def at_step(number: int, home: Path) -> None:
    """Be killed when about to change the disk for the n-th time."""
    killed_at(number, partial(land_all, home))()


def at_moment(seconds: float, home: Path) -> None:
    """Be killed after some time."""
    killed_after(seconds, partial(land_all, home))()


def survives(home: Path, kill: Callable[[Path], None], undisturbed: dict[str, str]) -> bool:
    """Kill one landing, look, land again, and compare; tell whether it was killed at all."""
    prepare(home)
    killed = in_child(partial(kill, home))
    assert is_whole(home), home
    in_child(partial(land_all, home))
    assert tree(home) == undisturbed, home
    return killed


def main(folder: Path) -> None:
    """Kill at every step, then at random moments; print how often."""
    prepare(folder / "undisturbed")
    land_all(folder / "undisturbed")  # here, so that the processes to kill need not import anything
    undisturbed = tree(folder / "undisturbed")
    steps = 0
    while survives(folder / f"step{steps}", partial(at_step, steps), undisturbed):
        steps += 1
    draw = random.Random(7)  # noqa: S311  # any instants will do
    moments = [draw.uniform(0, LONGEST_SECONDS) for _ in range(RANDOM_KILLS)]
    kills = sum(
        survives(folder / f"moment{n}", partial(at_moment, at), undisturbed) for n, at in enumerate(moments)
    )
    print(steps, kills)


def test_a_landing_killed_at_any_step_or_moment_is_completed_by_the_next(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps, kills = map(int, done.stdout.split())
    assert steps > 3 * len(FILES)
    assert kills > 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
