"""What each order must come to, in plain loops over the demo's truth: no SQL, nothing of the demo's code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]

OVERLAP = timedelta(days=3)
DAY = timedelta(days=1)
COUNTED = ("active", "fulfilled")
LATE_WORDS = ("edited_at", "refunded_at", "fated_at")
OWN_SHOPS = ("eccube", "shopify")
NO_PURCHASE = ("staff", "test", "reship", "sample")
NO_MONEY = ("staff", "test", "reship")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one export says of an order, and the day from which that counts."""

    night: date
    state: str
    goods_yen: int
    gross_yen: int
    refunded_yen: int
    counts_from: date


@dataclass(frozen=True, kw_only=True)
class Expected:
    """An order as of a day, and what its value did on which day before it."""

    state: str
    kind: str
    is_valid: bool
    goods_yen: int
    m_yen: int
    sales_yen: int
    m_by_day: dict[date, int]


def truth(home: Path, table: str) -> list[Row]:
    """A table of the demo's truth."""
    rows: list[Row] = pq.read_table(home / "demo_truth" / f"{table}.parquet").to_pylist()
    return rows


def key(order: Row) -> str:
    """As the marts name the order."""
    return f"{order['shop_id']}:order:{order['order_id']}"


def is_young_somewhere(order: Row, nights: Sequence[date]) -> bool:
    """Amazon and Rakuten leave some orders open on their first evening; the truth does not say which."""
    young = any(order["ordered_at"].date() == night - DAY for night in nights)
    return young and order["shop_id"] in ("amazon", "rakuten")


def expected(order: Row, nights: Sequence[date], as_of: date, *, staff: set[int]) -> Expected:
    """The order as of a day after exports in these nights."""
    told = list(versions(order, nights))
    now = [one for one in told if one.counts_from < as_of][-1]
    days = sorted({one.counts_from for one in told} | {day for day, _ in refunds(order, told)})
    values = [(day, value_on(order, told, day)) for day in days if day < as_of]
    steps = {day: new - old for (day, new), (_, old) in zip(values, [(None, 0), *values], strict=False)}
    kind = kind_of(order, now, staff)
    m_yen = values[-1][1]
    return Expected(
        state=now.state,
        kind=kind,
        is_valid=now.state in COUNTED and kind not in NO_PURCHASE,
        goods_yen=now.goods_yen,
        m_yen=0 if kind in NO_MONEY else m_yen,
        sales_yen=0 if kind in ("test", "reship") else m_yen,
        m_by_day={} if kind in NO_MONEY else {day: step for day, step in steps.items() if step},
    )


def value_on(order: Row, told: Sequence[Told], day: date) -> int:
    """Goods less discount less refunds at the end of a day, nothing while the order does not count."""
    now = [one for one in told if one.counts_from <= day][-1]
    given_back = sum(yen for on, yen in refunds(order, told) if on <= day)
    return now.gross_yen - given_back if now.state in COUNTED else 0


def refunds(order: Row, told: Sequence[Told]) -> Iterator[tuple[date, int]]:
    """The office dates EC-CUBE's; of Shopify's only the export that shows them tells."""
    if order["shop_id"] == "shopify":
        before = 0
        for one in told:
            if one.refunded_yen != before:
                yield one.night, one.refunded_yen - before
                before = one.refunded_yen
    elif order["refunded_at"]:
        yield order["refunded_at"].date(), order["refunded_yen"]


def versions(order: Row, nights: Sequence[date]) -> Iterator[Told]:
    """What the exports say, from the first that counts the order on; each change from its day."""
    ordered_on, before = order["ordered_at"].date(), None
    said = [(night, state_by(order, night)) for night in nights_of(order, nights)]
    counting = [night for night, state in said if state in COUNTED]
    for night, state in said:
        if counting and night < counting[0]:
            continue
        goods, gross = yen_by(order, night, state)
        day = ordered_on if before is None else max(before.counts_from, day_of(order, night, state))
        before = Told(
            night=night, state=state, goods_yen=goods, gross_yen=gross,
            refunded_yen=order["refunded_yen"] if by(order["refunded_at"], night) else 0, counts_from=day,
        )  # fmt: skip
        yield before


def nights_of(order: Row, nights: Sequence[date]) -> Iterator[date]:
    """The nights whose export holds the order: after the first, those in which something was new."""
    moments = [order[name] for name in ("ordered_at", "sent_at", *LATE_WORDS) if order[name]]
    since = date.min
    for night in nights:
        if order["ordered_at"].date() < night and any(since <= at.date() < night for at in moments):
            yield night
        since = night - OVERLAP


def by(at: datetime | None, night: date) -> bool:
    """Whether it has happened by that night."""
    return at is not None and at.date() < night


def state_by(order: Row, night: date) -> str:
    """Our name of the state that the shop prints in a night."""
    if order["fate"] == "abandoned":
        return "pending"
    if order["fate"] and by(order["fated_at"], night):
        return "returned" if order["fate"] == "returned" and order["shop_id"] != "rakuten" else "cancelled"
    return "fulfilled" if by(order["sent_at"], night) else "active"


def yen_by(order: Row, night: date, state: str) -> tuple[int, int]:
    """Goods, and goods less discount; Amazon prints no price once an order is cancelled."""
    if order["shop_id"] == "amazon" and state == "cancelled":
        return 0, 0
    goods = order["edited_goods_yen"] if by(order["edited_at"], night) else order["goods_yen"]
    return goods, goods - order["discount_yen"]


def day_of(order: Row, night: date, state: str) -> date:
    """Shopify alone dates its cancellations."""
    is_dated = order["shop_id"] == "shopify" and state == "cancelled"
    day: date = order["fated_at"].date() if is_dated else night
    return day


def kind_of(order: Row, now: Told, staff: set[int]) -> str:
    """What order_rules say of it; a gift counts as any other, and beyond EC-CUBE zero yen is a sample."""
    if order["kind"] in ("test", "reship"):
        return str(order["kind"])
    if order["number"] in staff and order["shop_id"] == "eccube":
        return "staff"
    if now.gross_yen < 1 and order["shop_id"] != "eccube":
        return "sample"
    return "normal" if order["kind"] == "gift" else str(order["kind"])
