"""Warehouse to marts: what BI tools see moves only after every test of the build passed."""

import dagster as dg

from orchestration.defs.resources import PROJECT, RETRY, House
from orchestration.defs.transform import warehouse
from orchestration.publish.allowlist import published_tables
from orchestration.publish.marts import publish


@dg.asset(deps=[warehouse], group_name="publish", retry_policy=RETRY)
def marts(house: House) -> dg.MaterializeResult[None]:
    """The published marts: an immutable version behind `marts/marts.duckdb` and `marts/parquet`."""
    version = publish(
        home=house.home,
        warehouse=house.settings.warehouse,
        tables=published_tables(PROJECT.manifest_path),
        as_of=house.day,
        now=house.now,
    )
    return dg.MaterializeResult(metadata={"version": version.number, **version.rows})
