"""A dashboard: opens the published marts again and again and adds them up; one line for each torn version."""

import sys
import time
from pathlib import Path

import duckdb


def look(link: Path) -> None:
    """Compare every table with the hash that its version carries."""
    with duckdb.connect(link.resolve(), read_only=True) as reader:
        for name, rows, expected in reader.execute("from _publish_tables").fetchall():
            query = f"select count(*), sum(md5_number_lower(t::varchar)) from {name} as t"
            count, digest = reader.execute(query).fetchall()[0]
            if (count, f"{int(digest or 0):x}") != (rows, expected.split("-")[1]):
                print(f"torn: {name} in {link.resolve().name}", flush=True)


def main(link: Path, stop: Path) -> None:
    """Look until told to stop; print how often."""
    looks = 0
    while not stop.exists():
        if link.exists():
            look(link)
            looks += 1
        time.sleep(0.5)
    print(f"looks: {looks}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
