"""How long it takes to find out who is who: orders of five channels, all at once, then what a day brings.

Promises: 10 million orders of 2 million people in at most 120 s on two cores within 8 GB, and a day's
increment costs what the day brings. The tables of staging are made here by SQL: a person writes himself alike
in a shop and differently in another, half of the own shop's buyers are members, Rakuten masks addresses,
Amazon names nobody. dbt builds the models tagged `identity` on them, as the nightly job does.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from five_channels import BUYERS, JUDGED, MEMBERS, THEM

from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-22"
ORDERS, PEOPLE, NEW_ORDERS = 10_000_000, 2_000_000, 10_000


def furnished(home: Path, *, orders: int, people: int) -> None:
    """Make the tables that identity reads, as staging leaves them."""
    furnish(home)
    write_catalogue(home=home, feeds=feeds(None))
    day = "date '2020-01-01' + cast(hash(o, 24) % 2500 as integer)"
    parts = 20
    with connected(home) as db:
        db.execute("create schema staging; create schema intermediate")
        db.execute(THEM.format(first=0, last=people))
        for part in range(parts):
            span = {"from_order": orders * part // parts, "to_order": orders * (part + 1) // parts}
            buyers = BUYERS.format(first=0, last=people, file=f"{part:064x}", day=day, **span)
            make = "insert into" if part else "create table"
            db.execute(f"{make} staging.stg_shops__order_buyers {'' if part else 'as'} {buyers}")
        derive(db)


def one_more_day(home: Path, *, orders: int, people: int, new: int) -> None:
    """Add a day's orders: half of the people are known, the others new."""
    with connected(home) as db:
        first, last = people - new // 2, people + new // 2
        db.execute(THEM.format(first=first, last=last))
        span = {"first": first, "last": last, "from_order": orders, "to_order": orders + new}
        buyers = BUYERS.format(file="f" * 64, day=f"date '{AS_OF}' - 1", **span)
        db.execute(f"insert into staging.stg_shops__order_buyers {buyers}")
        derive(db)


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that follow from the buyers."""
    db.execute(f"create or replace table intermediate.int_orders_judged as {JUDGED}")
    db.execute(f"create or replace table staging.stg_shops__customers as {MEMBERS}")
    db.execute(
        "create or replace table staging.stg_shops__customer_statements as from staging.stg_shops__customers"
    )


def connected(home: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse, to be written."""
    return duckdb.connect(home / "warehouse.duckdb", config={"threads": 2, "memory_limit": "4GB"})


def dbt(home: Path, *arguments: str, basis: str = "") -> float:
    """Run dbt as the nightly job does; the seconds it took."""
    said = {"JOREN_HOME": str(home), "JOREN_WAREHOUSE": str(home / "warehouse.duckdb"), "JOREN_AS_OF": AS_OF}
    places = {"DBT_PROJECT_DIR": str(ROOT / "dbt_project"), "DBT_PROFILES_DIR": str(ROOT / "dbt_project")}
    command = [
        Path(sys.executable).with_name("dbt"),
        "--log-path",
        home / "logs",
        *arguments,
        "--target-path",
        home / "target",
    ]
    began = time.monotonic()
    found = subprocess.run(
        command,
        env={**os.environ, **said, **places, "JOREN_BASIS": basis},
        check=False,
        capture_output=True,
        text=True,
    )
    if found.returncode:
        sys.exit(found.stdout)
    print(*[line for line in found.stdout.splitlines() if " OK created " in line], sep="\n")
    return time.monotonic() - began


def write_basis(home: Path) -> Path:
    """Write down, as the nightly job does, what the tables stand on."""
    path = home / "basis.parquet"
    with connected(home) as db:
        files = f"select distinct file_sha256, date '{AS_OF}' as as_of from staging.stg_shops__order_buyers"
        db.execute(f"copy ({files}) to '{path}' (format parquet)")
    return path


def main() -> None:
    """Measure and print; a number of orders as argument for less than all."""
    orders = int(sys.argv[1]) if sys.argv[1:] else ORDERS
    people = orders * PEOPLE // ORDERS
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        furnished(home, orders=orders, people=people)
        dbt(home, "seed")
        whole = dbt(home, "run", "--select", "tag:identity")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, cpu = used.ru_maxrss / 1024**2, used.ru_utime + used.ru_stime
        print(
            f"{orders:,} orders of {people:,} people: {whole:.0f} s (promise 120), "
            f"{cpu:.0f} s of one core, {peak:.1f} GB (promise 8)"
        )
        basis = write_basis(home)
        one_more_day(home, orders=orders, people=people, new=NEW_ORDERS)
        day = dbt(home, "run", "--select", "tag:identity", basis=str(basis))
        print(f"{NEW_ORDERS:,} orders more: {day:.1f} s, {day / whole:.3f} of the whole")


if __name__ == "__main__":
    main()
