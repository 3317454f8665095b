"""How long a day takes: all of CDNOW landed and built, then a day on which nothing comes.

Beside them, on the same bytes in the same minutes, what a skilled hand needs to bring the files into Parquet
alone (transcode, read_csv with an explicit dialect, copy): noisy machines are then seen for what they are.
Promise on two quiet cores: 60 s for the full day, 30 s for the empty one.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from hand import by_hand, timed

ROOT = Path(__file__).parents[1]
LAST_DAY = "1998-07-01"


def run(home: Path, *arguments: str) -> None:
    """Run one of our modules on a home."""
    subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env={**os.environ, "JOREN_HOME": str(home), "JOREN_CARRIER": "outbox"},
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def main() -> None:
    """Measure once and print."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        run(home, "orchestration.demo", "--home", str(home))
        (orders,) = (home / "inbox" / "eccube_orders").glob("*.csv")
        hand = timed(lambda: by_hand(orders, Path(name), strict=False))
        full = timed(lambda: run(home, "orchestration", "--as-of", LAST_DAY))
        empty = timed(lambda: run(home, "orchestration", "--as-of", LAST_DAY))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"orders file into Parquet by hand   {hand:6.1f} s")
    print(f"the day on all of CDNOW            {full:6.1f} s   promise 60")
    print(f"a day on which nothing comes       {empty:6.1f} s   promise 30")
    print(f"largest process                    {peak:6.0f} MiB")


if __name__ == "__main__":
    main()
