"""How long it takes to find out who is who and who may be written to: all at once, then what a day brings.

Promises: 10 million orders of 2 million people over five channels in at most 120 s on two cores within 8 GB,
and a day's increment costs what the day brings. The tables that identity and eligibility read are made here
by SQL: a person writes himself alike in a shop and differently in another, half of the own shop's buyers are
members, Rakuten masks addresses, Amazon names nobody. dbt builds the models tagged `identity` and
`eligibility` on them, as the nightly job does.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from five_channels import BUYERS, THEM
from mail_told import ERASURES, FOLLOWING

from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-22"
ORDERS, PEOPLE, EVENTS_TOLD = 10_000_000, 2_000_000, 3_000_000
NEW_ORDERS, NEW_EVENTS = 10_000, 20_000
PARTS = 20  # so that making the tables takes less memory than building on them
BEFORE = {
    "file": "md5(cast(o // 4000 as varchar)) || md5('file')",
    "day": "date '2020-01-01' + cast(hash(o, 24) % 2500 as integer)",
}
MODELS = ("run", "--select", "tag:identity", "tag:eligibility")
YESTERDAY = {"file": f"'{'f' * 64}'", "day": f"date '{AS_OF}' - 1"}


def furnished(home: Path, *, orders: int, people: int, events: int) -> None:
    """Make the tables that the models read, as staging and the history of orders leave them."""
    furnish(home)
    write_catalogue(home=home, feeds=feeds(None))
    with connected(home) as db:
        db.execute("create schema staging; create schema intermediate")
        db.execute(THEM.format(first=0, last=people))
        for part in range(PARTS):
            span = {"from_order": orders * part // PARTS, "to_order": orders * (part + 1) // PARTS}
            add(db, "staging.stg_shops__order_buyers", BUYERS, first=0, last=people, **span, **BEFORE)
        told = {"from_event": 0, "to_event": events}
        follow(db, first=0, people=people, which="true", **told, **BEFORE)
        add(db, "staging.stg_joren__erasures", ERASURES)


def one_more_day(home: Path, *, orders: int, people: int, events: int) -> None:
    """Add what a day brings: half of those who buy are known, the others new."""
    half = NEW_ORDERS // 2
    with connected(home) as db:
        db.execute(THEM.format(first=people - half, last=people + half))
        span = {"from_order": orders, "to_order": orders + NEW_ORDERS}
        ends = {"first": people - half, "last": people + half}
        add(db, "staging.stg_shops__order_buyers", BUYERS, **ends, **span, **YESTERDAY)
        db.execute(THEM.format(first=people, last=people + half))
        told = {"from_event": events, "to_event": events + NEW_EVENTS}
        which = f"file_sha256 = {YESTERDAY['file']}"
        follow(db, first=people, people=people, which=which, **told, **YESTERDAY)
    (home / "raw" / "bench").mkdir()
    (home / "raw" / "bench" / f"{'f' * 64}.parquet").touch()


def follow(db: duckdb.DuckDBPyConnection, **said: object) -> None:
    """Add what follows from new rows of buyers and from the people made last."""
    for table, rows in FOLLOWING.items():
        add(db, table, rows, **said)


def add(db: duckdb.DuckDBPyConnection, table: str, rows: str, **said: object) -> None:
    """Put rows into a table, which is made of the first ones."""
    query = rows.format(**said)
    db.execute(
        f"create table if not exists {table} as from ({query}) limit 0; insert into {table} from ({query})"
    )


def connected(home: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse, to be written."""
    return duckdb.connect(home / "warehouse.duckdb", config={"threads": 2, "memory_limit": "4GB"})


def dbt(home: Path, *arguments: str, basis: str = "") -> tuple[float, float]:
    """Run dbt as the nightly job does; its seconds on the clock and on the processors."""
    said = {"JOREN_HOME": str(home), "JOREN_WAREHOUSE": str(home / "warehouse.duckdb"), "JOREN_AS_OF": AS_OF}
    places = {"DBT_PROJECT_DIR": str(ROOT / "dbt_project"), "DBT_PROFILES_DIR": str(ROOT / "dbt_project")}
    command = [Path(sys.executable).with_name("dbt"), "--log-path", home / "logs", *arguments]
    began, used = time.monotonic(), processors()
    found = subprocess.run(
        [*command, "--target-path", home / "target"],
        env={**os.environ, **said, **places, "JOREN_BASIS": basis},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if found.returncode:
        sys.exit(found.stdout)
    print(*[line for line in found.stdout.splitlines() if " OK created " in line], sep="\n")
    return time.monotonic() - began, processors() - used


def processors() -> float:
    """Seconds that programs started here have used on all processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write_basis(home: Path, day: str) -> Path:
    """Write down, as the nightly job does, what the tables stand on and for which day."""
    path = home / "basis.parquet"
    tables = ("staging.stg_shops__order_buyers", "staging.stg_sendgrid__events")
    files = " union ".join(f"select file_sha256, date {day} as as_of from {table}" for table in tables)
    with connected(home) as db:
        db.execute(f"copy ({files}) to '{path}' (format parquet)")
    return path


def main() -> None:
    """Measure and print; a number of orders as argument for less than all."""
    orders = int(sys.argv[1]) if sys.argv[1:] else ORDERS
    people, events = orders * PEOPLE // ORDERS, orders * EVENTS_TOLD // ORDERS
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        furnished(home, orders=orders, people=people, events=events)
        dbt(home, "seed")
        whole, used = dbt(home, *MODELS)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        print(
            f"{orders:,} orders of {people:,} people: {whole:.0f} s (promise 120), {used:.0f} s of one core"
        )
        print(f"{peak:.1f} GB (promise 8)")
        basis = write_basis(home, f"'{AS_OF}' - 1")
        one_more_day(home, orders=orders, people=people, events=events)
        for brought in (f"{NEW_ORDERS:,} orders more", "nothing more"):
            day, by_day = dbt(home, *MODELS, basis=str(basis))
            print(f"{brought}: {day:.1f} s, {day / whole:.3f} of the whole; {by_day:.1f} s of one core")
            basis = write_basis(home, f"'{AS_OF}'")


if __name__ == "__main__":
    main()
