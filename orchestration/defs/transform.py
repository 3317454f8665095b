"""Raw to marts: one dbt build for one day."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets

from orchestration.defs.resources import PROJECT, House, build
from orchestration.publish.basis import building

# Two hundred checks would be half of the day's events, each some commits of Dagster's log.
QUIET = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_asset_checks=False))
MANIFEST = PROJECT.manifest_path


@dbt_assets(manifest=MANIFEST, exclude="resource_type:unit_test", dagster_dbt_translator=QUIET)
def warehouse(context: dg.AssetExecutionContext, house: House, dbt: DbtCliResource) -> Iterator[Any]:
    """Build and test every model; a failed test ends the run before anything is published."""
    home, file, shop = house.home, house.settings.warehouse, house.settings.shop
    project, day = PROJECT.project_dir, house.day
    with building(home=home, warehouse=file, project=project, as_of=day, shop=shop) as adds_to:
        events = build(house, dbt, warehouse=file, adds_to=adds_to, context=context).stream()
        yield from (event for event in events if not isinstance(event, dg.AssetObservation))


@dg.op
def build_past_day(house: House, dbt: DbtCliResource) -> None:
    """Write `asof/<day>.duckdb`; warehouse, marts and mail stay as they are."""
    file = house.home / "asof" / "building" / f"{house.day}.duckdb"
    file.parent.mkdir(exist_ok=True)
    build(house, dbt, warehouse=file, adds_to=None, context=None).wait()
    file.replace(house.home / "asof" / file.name)


@dg.job(description="Build a past day beside the warehouse; no publication, no mail.")
def rebuild() -> None:
    """Build one past day."""
    build_past_day()
