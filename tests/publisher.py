"""Publish one version after the other, until killed. Usage: publisher.py HOME."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from orchestration.publish.marts import publish
from orchestration.publish.warehouse import end_build

TABLES = {"fct_deeds": ("deed_id", "name")}
DAY = date(2026, 11, 22)


def main(home: Path) -> None:
    """Change the warehouse a little and publish it, again and again."""
    warehouse = home / "warehouse.duckdb"
    while True:
        with duckdb.connect(warehouse) as db:
            db.execute("insert into marts.fct_deeds select range, 'x' || range from range(1000)")
        end_build(warehouse, DAY)
        publish(home=home, warehouse=warehouse, tables=TABLES, as_of=DAY, now=datetime.now(UTC))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
