"""Inbox to raw: one asset a feed, and its entrance door as a blocking check."""

import os
from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.defs.resources import House
from orchestration.doors.entrance import judge
from orchestration.doors.results import Judgement
from orchestration.landing.catalogue import feeds
from orchestration.landing.feed import Feed
from orchestration.landing.land import land
from orchestration.landing.results import Landed
from orchestration.settings import read_settings

RETRY = dg.RetryPolicy(max_retries=2, delay=5)


@dg.definitions
def ingest() -> dg.Definitions:
    """Every feed that the shop or Joren describes."""
    known = feeds(read_settings(os.environ).shop)
    return dg.Definitions([_raw(feed) for feed in known], asset_checks=[_door(feed) for feed in known])


def _raw(feed: Feed) -> dg.AssetsDefinition:
    @dg.asset(key=["raw", feed.name], group_name="ingest", description=feed.description, retry_policy=RETRY)
    def raw(house: House) -> dg.MaterializeResult[None]:
        landed = land(home=house.home, feed=feed, now=house.now)
        if landed.alarming:
            raise dg.Failure("\n".join(refusal.message for refusal in landed.alarming), allow_retries=False)
        return dg.MaterializeResult(metadata=_arrivals(landed))

    return raw


def _door(feed: Feed) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=["raw", feed.name], blocking=True)
    def entrance_door(house: House) -> dg.AssetCheckResult:
        judgement = judge(home=house.home, feed_name=feed.name, door=feed.door, since=house.now)
        return dg.AssetCheckResult(passed=judgement.success, metadata=_verdicts(judgement))

    return entrance_door


def _arrivals(landed: Landed) -> Mapping[str, int]:
    return {
        "files": len(landed.files),
        "restated": len(landed.restated),
        "known before": len(landed.duplicates),
        "still being written": len(landed.waiting),
        "rows": sum(file.landed for file in landed.parsed),
        "quarantined": sum(file.quarantined for file in landed.parsed),
        "blank": sum(file.blank for file in landed.parsed),
    }


def _verdicts(judgement: Judgement) -> Mapping[str, Any]:
    rules = [
        dg.TableRecord(
            {
                "rule": outcome.rule,
                "expectation": outcome.expectation,
                "met": outcome.success,
                "blocks": outcome.blocks,
                "rows failing": sum(failing.count for failing in outcome.failing),
            }
        )
        for outcome in judgement.outcomes
    ]
    table = {"rules": dg.MetadataValue.table(rules)} if rules else {}
    counts = {"rows": judgement.rows, "files let in": len(judgement.passed)}
    return {**counts, "refused": judgement.message, **table}
