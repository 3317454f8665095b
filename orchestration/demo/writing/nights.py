"""The shop by night: once for CDNOW's own days, or living on from night to night."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from orchestration.demo.buying.histories import Cast
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.exports import write_exports
from orchestration.demo.writing.night import Night
from orchestration.demo.writing.plan import Memory, Plan, recall, remember
from orchestration.demo.writing.shops import write_shops
from orchestration.home import furnish

OVERLAP = timedelta(days=3)
AGE = timedelta(days=30)  # so that the first night finds some who have not bought for more than 360 days
CDNOW_BEGIN = date(1997, 1, 1)
OLD_CHANNELS = frozenset({Channel.ECCUBE, Channel.OFFICE})


class NoSuchShopYetError(ValueError):
    """CDNOW's own days lie before the shop was there; its doors would refuse them."""


class OtherShopError(ValueError):
    """This home's demo shop was begun as another one."""


def write_once(*, home: Path, plan: Plan, until: date, since: date | None) -> tuple[Written, ...]:
    """Export what happened before `until` on CDNOW's own days.

    Raises:
        NoSuchShopYetError: a mall is asked for; none was there in 1997.
        WheelMissingError: the wheel with the purchase histories is not installed.
    """
    if young := sorted(plan.channels - OLD_CHANNELS):
        old = ",".join(sorted(OLD_CHANNELS))
        raise NoSuchShopYetError(
            f"--channels: found {','.join(young)}, expected {old} on CDNOW's own days. "
            "Ask for --spread or --history simulated."
        )
    return _write(home, plan, anchor=None, night=Night(since=since, until=until, begin=CDNOW_BEGIN))


def write_night(
    *, home: Path, plan: Plan, until: date, since: date | None, grows: bool
) -> tuple[Written, ...]:
    """Export the shop that lives on up to `until`; nothing if that day has been exported before.

    The first night writes everything, the later ones the orders that changed since `since` (None: since
    three days before the last night). New customers of a simulated shop come in `plan.days`
    days, which end with the first night, or a third of them after it if the shop still `grows`.

    Raises:
        OtherShopError: the home's shop was begun with another plan.
        WheelMissingError: CDNOW is asked for and its wheel is not installed.
    """
    memory = recall(home) or _first(plan, until, grows=grows)
    if memory.plan != plan:
        raise OtherShopError(
            f"{home / 'demo.json'}: found {memory.plan.said()}, asked for {plan.said()}. "
            "Ask for the shop that is there, or choose another home."
        )
    if memory.exported_until is not None and until <= memory.exported_until:
        return ()
    furnish(home)
    remember(home, memory)  # before the first export too: a kill must not move the anchor
    overlap = memory.exported_until and memory.exported_until - OVERLAP
    night = Night(since=since or overlap, until=until, begin=memory.begin)
    written = _write(home, plan, anchor=memory.anchor, night=night)
    remember(home, replace(memory, exported_until=until))
    return written


def _first(plan: Plan, until: date, *, grows: bool) -> Memory:
    anchor = until - AGE
    begin = anchor - timedelta(days=plan.days * 2 // 3) if grows else until - timedelta(days=plan.days)
    return Memory(plan=plan, anchor=anchor, begin=begin, exported_until=None)


def _write(home: Path, plan: Plan, *, anchor: date | None, night: Night) -> tuple[Written, ...]:
    if plan.is_bare:
        return write_exports(
            home=home, until=night.until, since=night.since, customers=plan.customers, anchor=anchor
        )
    cast = Cast(
        source=plan.source,
        customers=plan.customers,
        days=plan.days,
        seed=plan.seed,
        begin=night.begin,
        anchor=anchor,
        dirt=plan.dirt,
    )
    return write_shops(home=home, cast=cast, channels=plan.channels, night=night)
