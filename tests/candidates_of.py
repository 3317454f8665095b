"""Build the candidates of several days with dbt in one process; print (step, occurrence, name) by day.

Usage: candidates_of.py HOME FOLDER DAY...; FOLDER holds the warehouse, which each day builds anew.
"""

import json
import os
import sys

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

KINDS = ["--resource-type", "model", "--resource-type", "seed"]
BUILD = ["--quiet", "build", "--select", "+mail_candidates", *KINDS]
QUERY = "select step, occurrence, message_name from private.mail_candidates order by all"


def main(home: str, folder: str, days: list[str]) -> None:
    """Build and print."""
    # One warehouse, and no `--vars`: dbt would parse everything anew for each.
    here = {"HOME": home, "WAREHOUSE": f"{folder}/warehouse.duckdb"}
    os.environ |= {f"JOREN_{name}": path for name, path in here.items()}
    found = {}
    for day in days:
        os.environ["JOREN_AS_OF"] = day
        result = dbtRunner().invoke([*BUILD, "--target-path", folder])
        DuckDBConnectionManager.close_all_connections()
        if not result.success:
            sys.exit(f"{day}: {result.exception or [str(node.message) for node in result.result]}")
        with duckdb.connect(os.environ["JOREN_WAREHOUSE"], read_only=True) as reader:
            found[day] = reader.execute(QUERY).fetchall()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
