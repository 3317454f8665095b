"""How fast files land: an EC-CUBE order export, against what a skilled hand would write.

The hand trusts the file: transcode, `read_csv` with an explicit dialect, `COPY` to Parquet. Landing besides
keeps the bytes under their hash, judges every character, numbers every row and accounts for each of them.
Promises: a million well-formed rows in at most 3 times the hand's time, a 5 GB file within 1 GB of memory,
the tolerant tokeniser (only where a quote follows the byte 0x5C) at 10 MB/s or more.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from hand import by_hand, timed

from orchestration.demo.buying.lives import lives
from orchestration.demo.eccube import order_csv
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.reading.decode import Text
from orchestration.landing.reading.tokenise import records

NAME = "order_20261122030000.csv"
MILLION = 1_000_000
FIVE_GB = 5 * 1000**3
ROUNDS = 3
HEADER = f"{order_csv.HEADER}\n".encode("cp932")


def rows_of_the_demo(customers: int) -> list[bytes]:
    """Rows of the demo's order export as the cart writes them, quirk included."""
    until = date(2100, 1, 1)
    return [
        row
        for life in lives(customers=customers, anchor=None)
        for row in order_csv.order_rows(life, since=None, until=until)
    ]


def write(path: Path, rows: Iterable[bytes]) -> None:
    """Write an export and the marker that says it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER)
        file.writelines(rows)
    path.with_name(f"{NAME}.done").touch()


def land_once(home: Path) -> None:
    """Land what lies in a home's inbox."""
    (orders,) = (feed for feed in feeds(None) if feed.name == "eccube_orders")
    landed = land(home=home, feed=orders, now=datetime.now(UTC))
    if landed.refused or not landed.parsed:
        sys.exit(f"not landed: {landed}")


def land_alone(home: Path) -> None:
    """Land, in a process of its own, and print the most memory it ever held."""
    land_once(home)
    # Not ru_maxrss: a process inherits it from its parent.
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(f"largest resident size {int(peak) / 1000:.0f} MB (promise 1000)")


def race(name: str, rows: list[bytes], folder: Path) -> None:
    """Hand and landing on the same bytes in turns; what each needed at its best, and the ratio."""
    hand, ours = [], []
    for n in range(ROUNDS):
        home = folder / f"{name}-{n}"
        source = home / "inbox" / "eccube_orders" / NAME
        write(source, (rows[at % len(rows)] for at in range(MILLION)))
        size = source.stat().st_size / 1000**2
        hand.append(timed(partial(by_hand, source, folder, strict=True)))
        ours.append(timed(partial(land_once, home)))
        shutil.rmtree(home)
    ratios = ", ".join(f"{our / its:.2f}" for its, our in zip(hand, ours, strict=True))
    print(f"{name}: {MILLION:,} rows, {size:.0f} MB: hand {min(hand):.1f} s, landing {min(ours):.1f} s")
    print(f"    ratios {ratios} (promise 3)")


def remember(rows: list[bytes], folder: Path) -> None:
    """Land a 5 GB export in a process of its own and print the most memory it held."""
    home = folder / "large"
    size = sum(map(len, rows))
    repeated = (row for _ in range(FIVE_GB // size + 1) for row in rows)
    write(home / "inbox" / "eccube_orders" / NAME, repeated)
    seconds = timed(lambda: subprocess.run([sys.executable, __file__, str(home)], check=True))
    print(f"{FIVE_GB / 1000**3:.1f} GB landed in {seconds:.0f} s")


def tokenise(rows: list[bytes], folder: Path) -> None:
    """Read rows of which every one needs the tolerant tokeniser."""
    quirky = [row for row in rows if is_quirky(row)]
    source = folder / "quirky.csv"
    write(source, (quirky[at % len(quirky)] for at in range(MILLION // 10)))
    size = source.stat().st_size / 1000**2
    lines = Text(source, "cp932", "", "").lines()
    stream = records(lines, delimiter=",", quoting="fputcsv", encoding="cp932")
    seconds = timed(lambda: sum(1 for _ in stream))
    print(f"tolerant tokeniser: {size:.0f} MB in {seconds:.1f} s: {size / seconds:.1f} MB/s (promise 10)")


def is_quirky(row: bytes) -> bool:
    """Whether a quote after the byte 0x5C stands for itself."""
    return any(after not in b",\n" for after in (part[:1] for part in row.split(b'\\"')[1:]))


def main() -> None:
    """Measure and print; with a home as argument only land it."""
    if sys.argv[1:]:
        land_alone(Path(sys.argv[1]))
        return
    rows = rows_of_the_demo(4_000)
    sound = [row for row in rows if b'\\"' not in row]
    with tempfile.TemporaryDirectory() as name:
        race("well-formed", sound, Path(name))
        tokenise(rows, Path(name))
        remember(sound, Path(name))


if __name__ == "__main__":
    main()
