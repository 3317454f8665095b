"""Marts to mail: candidates, plan, send. Not in the job at all unless a carrier is named."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import dagster as dg

from mail_jobs.carriers import gateway_of, limits_of
from mail_jobs.day import plan_day, send_day
from mail_jobs.report import PlanRow, SendRow
from orchestration.defs.publish import marts
from orchestration.defs.resources import House
from orchestration.publish.candidates import write_candidates
from orchestration.settings import read_settings

MESSAGES_A_NIGHT = 10_000


@dg.asset(deps=[marts], key_prefix="mail", group_name="mail")
def candidates(house: House) -> dg.MaterializeResult[None]:
    """Who might hear from us today, with all that a sender needs; private."""
    rows = write_candidates(home=house.home, warehouse=house.settings.warehouse, as_of=house.day)
    return dg.MaterializeResult(metadata={"rows": rows})


@dg.asset(deps=[candidates], key_prefix="mail", group_name="mail")
def plan(house: House) -> dg.MaterializeResult[None]:
    """Decide: treated, held out, or not today."""
    report = plan_day(home=house.home, as_of=house.day, now=house.now)
    return dg.MaterializeResult(metadata={"decided": report.decided, **_table(report.rows)})


@dg.asset(deps=[plan], key_prefix="mail", group_name="mail")
def send(house: House) -> dg.MaterializeResult[None]:
    """Say it once. Never retried by Dagster: what may be repeated is the ledger's affair."""
    report = send_day(
        home=house.home,
        as_of=house.day,
        gateway=gateway_of(house.settings),
        limits=limits_of(messages=MESSAGES_A_NIGHT),
        clock=lambda: datetime.now(UTC),
        wait=time.sleep,
    )
    if report.stopped:
        raise dg.Failure(report.stopped)
    facts = {"accepted": report.count("accepted"), "unresolved": len(report.unresolved)}
    return dg.MaterializeResult(metadata={**facts, **_table(report.rows)})


@dg.definitions
def mail() -> dg.Definitions:
    """The mail assets, if somebody is to carry the mail."""
    return dg.Definitions(assets=[candidates, plan, send] if read_settings(os.environ).carrier else [])


def _table(rows: Sequence[PlanRow | SendRow]) -> Mapping[str, dg.MetadataValue]:
    records = [dg.TableRecord({name: str(value) for name, value in asdict(row).items()}) for row in rows]
    return {"steps": dg.MetadataValue.table(records)} if records else {}
