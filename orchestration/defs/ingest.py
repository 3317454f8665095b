"""Inbox to raw: an asset a feed with its door as a blocking check, and an asset a kind for dbt to read."""

import os
from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import RETRY, House
from orchestration.doors.judgement import Judgement
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.results import Landed
from orchestration.privacy.erase import complete
from orchestration.receive import receive
from orchestration.settings import read_settings

DOOR = "entrance_door"
CATALOGUE = ("feeds", "order_statuses", "line_kinds", "devices", "files", "erasures", "postcodes")


@dg.definitions
def ingest() -> dg.Definitions:
    """Every feed that the shop or Joren describes, in one step: none keeps another waiting."""
    known = feeds(read_settings(os.environ).shop)

    specs = [*_file_assets(known), *_row_assets(known)]
    doors = [dg.AssetCheckSpec(DOOR, asset=_key(feed), blocking=True) for feed in known]

    @dg.multi_asset(specs=specs, check_specs=doors, retry_policy=RETRY)
    def landing(house: House) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        complete(home=house.home, shop=house.settings.shop, now=house.now)
        alarms = []
        for feed in known:
            landed, judgement = receive(home=house.home, feed=feed, now=house.now)
            counts = {**landed.counts, "taken out at the door": judgement.taken_out}
            yield dg.MaterializeResult(asset_key=_key(feed), metadata=counts)
            yield _verdict(feed, landed, judgement)
            alarms += [refusal.message for refusal in landed.alarming]
        write_catalogue(home=house.home, feeds=known)
        yield from (dg.MaterializeResult(asset_key=spec.key) for spec in _row_assets(known))
        if alarms:
            raise dg.Failure("\n".join(alarms), allow_retries=False)

    return dg.Definitions([landing])


def _key(feed: Feed) -> dg.AssetKey:
    return dg.AssetKey(["landing", feed.name])


def _file_assets(known: tuple[Feed, ...]) -> list[dg.AssetSpec]:
    return [dg.AssetSpec(_key(feed), group_name="ingest", description=feed.description) for feed in known]


def _row_assets(known: tuple[Feed, ...]) -> list[dg.AssetSpec]:
    sources = {kind: [_key(feed) for feed in known if feed.kind == kind] for kind in kinds()}
    sources |= {table: [_key(feed) for feed in known] for table in CATALOGUE}
    return [dg.AssetSpec(["raw", name], group_name="ingest", deps=deps) for name, deps in sources.items()]


def _verdict(feed: Feed, landed: Landed, judgement: Judgement) -> dg.AssetCheckResult:
    warnings = (*landed.warnings, *judgement.warnings)
    records = [dg.TableRecord(said) for said in judgement.table]
    rules = {"rules": dg.MetadataValue.table(records)} if records else {}
    return dg.AssetCheckResult(
        asset_key=_key(feed),
        check_name=DOOR,
        passed=judgement.success and not warnings,
        severity=dg.AssetCheckSeverity.WARN if judgement.success else dg.AssetCheckSeverity.ERROR,
        metadata={"refused": judgement.message, "warnings": "\n".join(warnings), **rules},
    )
