"""A demo shop in a folder of its own, its nightly runs as processes, and what came of them."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
NOISE = ("JOREN_", "DAGSTER_", "DBT_")
ITS_OWN_DAYS: tuple[str, ...] = ()
SPREAD = ("--spread", "--channels", "eccube")


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A home, how many customers shop there (None: all), and what the demo is asked for besides.

    A shop that lives on first exports its whole past; each later export is what a night adds.
    """

    home: Path
    customers: int | None
    asked: tuple[str, ...]

    @property
    def said(self) -> Path:
        """What the last run printed."""
        return self.home / "said.txt"

    @property
    def own_feeds(self) -> Path:
        """Where a test may put feeds that go before ours; from then on JOREN_SHOP names the folder above."""
        return self.home / "my-shop" / "feeds"

    def environ(self, *, carrier: str) -> Mapping[str, str]:
        """The environment of a run; nothing of the developer's own setting leaks into it."""
        (self.home / "dagster").mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(NOISE)}
        named = {"JOREN_CARRIER": carrier} if carrier else {}
        if self.own_feeds.exists():
            named["JOREN_SHOP"] = str(self.own_feeds.parent)
        return {
            **kept, **named, "JOREN_HOME": str(self.home), "DAGSTER_HOME": str(self.home / "dagster"),
            "DAGSTER_DISABLE_TELEMETRY": "1",
        }  # fmt: skip

    def export(self, until: date, *, since: date | None = None) -> Mapping[tuple[str, str], int]:
        """Let the demo write the exports of the night before `until`; `since` reaches further back.

        Rows of each file, by feed and name.
        """
        command = [
            sys.executable,
            "-m",
            "orchestration.demo",
            "--home",
            str(self.home),
            "--until",
            str(until),
        ]
        some = [] if self.customers is None else ["--customers", str(self.customers)]
        newer = [] if since is None else ["--since", str(since)]
        command += [*some, *self.asked, *newer]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        found = (line.rpartition(": ") for line in said.splitlines() if line.endswith(" rows"))
        return {
            (Path(path).parent.name, Path(path).name): int(rows.split()[0].replace(",", ""))
            for path, _, rows in found
        }

    def start(self, as_of: date, *, carrier: str) -> subprocess.Popen[bytes]:
        """Begin the daily job in a process group of its own."""
        with self.said.open("w") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "orchestration", "--as-of", as_of.isoformat()],
                cwd=ROOT, env=self.environ(carrier=carrier), start_new_session=True, stdout=said, stderr=said,
            )  # fmt: skip

    def run(self, as_of: date, *, carrier: str) -> "Outcome":
        """Run the daily job to its end."""
        process = self.start(as_of, carrier=carrier)
        return Outcome(code=process.wait(), text=self.said.read_text())

    def kill_after(self, seconds: float, as_of: date, *, whole_group: bool) -> bool:
        """Begin the job and SIGKILL it, alone or with its children; whether it still lived."""
        process = self.start(as_of, carrier="outbox")
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            return True
        return False

    def hashes(self) -> dict[str, str]:
        """Content hash of each published table."""
        with duckdb.connect(self.home / "marts" / "marts.duckdb", read_only=True) as reader:
            return dict(reader.execute("select name, hash from _publish_tables").fetchall())

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the published marts."""
        with duckdb.connect(self.home / "marts" / "marts.duckdb", read_only=True) as reader:
            return reader.execute(sql).fetchall()

    def mails(self) -> Counter[str]:
        """How often each message lies in the outbox, by its name."""
        return Counter(path.stem for path in (self.home / "outbox").glob("*/*/*.eml"))

    def candidates(self) -> set[str]:
        """Names of all messages that any day so far had for saying."""
        files = (self.home / "candidates").glob("*.parquet")
        return {name for path in files for name in pq.read_table(path)["message_name"].to_pylist()}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended and what it printed."""

    code: int
    text: str


@contextmanager
def three_readers(home: Path) -> Iterator[list[str]]:
    """Read the marts from three processes all the while; what they had to say in the end."""
    stop, said = home / "stop", list[str]()
    command = [sys.executable, ROOT / "tests" / "reader.py", home / "marts" / "marts.duckdb", stop]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    readers = [subprocess.Popen(command, **pipes) for _ in range(3)]
    try:
        yield said
    finally:
        stop.touch()
        said.extend(reader.communicate()[0] for reader in readers)
