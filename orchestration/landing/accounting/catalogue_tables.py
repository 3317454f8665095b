"""What the feeds say, as tables that SQL joins to their rows."""

from collections.abc import Iterator, Sequence
from itertools import product

import pyarrow as pa

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.feed_sense import OWNER
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.mapping.retention import personal_in
from orchestration.landing.mapping.terms import StatusRule
from orchestration.landing.reading.columns import ORIGIN

TEXT = pa.string()
FEEDS = pa.schema(
    [
        *((name, TEXT) for name in ("feed", "kind", "shop_id", "brand_id", "channel", "persons", "zone")),
        *((name, pa.bool_()) for name in ("tells_orders", "tells_lines")),
        *((name, TEXT) for name in ("price_is", "tax_is", "subtotal_is", "discount_is", "points_are")),
        *((name, pa.int64()) for name in ("retention_days", "columns_mapped", "columns_personal")),
    ]
)
ORDER_STATUSES = pa.schema(
    [
        ("feed", TEXT),
        ("rank", pa.int32()),
        *((name, TEXT) for name in ("status", "payment_status", "shipment_status", "payment_method")),
        ("cancelled_at", TEXT),
        ("order_state", TEXT),
    ]
)
DEVICES = pa.schema([(name, TEXT) for name in ("feed", "printed", "device")])
LINE_KINDS = pa.schema([(name, TEXT) for name in ("feed", "source_line_kind", "line_kind", "tax_is")])


def feeds_table(feeds: Sequence[Feed]) -> pa.Table:
    """One row per feed; what it does not say is null."""
    return pa.Table.from_pylist([_feed(feed) for feed in feeds], FEEDS)


def order_statuses_table(feeds: Sequence[Feed]) -> pa.Table:
    """One row per feed, rank and combination of conditions; null stands for any value."""
    rows = [
        {"feed": feed.name, "rank": rank, **conditions}
        for feed in feeds
        for rank, rule in enumerate(feed.statuses, start=1)
        for conditions in _combinations(rule)
    ]
    return pa.Table.from_pylist(rows, ORDER_STATUSES)


def line_kinds_table(feeds: Sequence[Feed]) -> pa.Table:
    """One row per feed and source's kind of line."""
    rows = [
        {"feed": feed.name, "source_line_kind": name, "line_kind": kind.line_kind, "tax_is": kind.tax_is}
        for feed in feeds
        for name, kind in (feed.money.line_kinds if feed.money else {}).items()
    ]
    return pa.Table.from_pylist(rows, LINE_KINDS)


def devices_table(feeds: Sequence[Feed]) -> pa.Table:
    """One row per feed and cell that says what an order was placed on."""
    rows = [
        {"feed": feed.name, "printed": printed, "device": device}
        for feed in feeds
        for printed, device in feed.devices.items()
    ]
    return pa.Table.from_pylist(rows, DEVICES)


def contract(kind: str) -> pa.Table:
    """No row, and all columns that SQL may read of a kind, so that a kind without files reads alike."""
    names = dict.fromkeys([*kinds()[kind], *OWNER, "extra"])
    return pa.schema([*((name, TEXT) for name in names), *ORIGIN]).empty_table()


def _feed(feed: Feed) -> dict[str, object]:
    money = feed.money
    said = ("price_is", "tax_is", "subtotal_is", "discount_is", "points_are")
    return {
        "feed": feed.name,
        "kind": feed.kind,
        "shop_id": feed.constants.get("shop_id"),
        "brand_id": feed.constants.get("brand_id"),
        "channel": feed.channel,
        "persons": feed.persons,
        "zone": feed.zone.key,
        "tells_orders": "orders" in feed.tells,
        "tells_lines": "lines" in feed.tells,
        "retention_days": feed.retention_days,
        "columns_mapped": len(feed.columns),
        "columns_personal": len(personal_in(feed)) if feed.retention_days is not None else None,
        **({name: getattr(money, name) for name in said} if money else {}),
    }


def _combinations(rule: StatusRule) -> Iterator[dict[str, str | None]]:
    listed: dict[str, Sequence[str | None]] = {
        "status": rule.status or (None,),
        "payment_status": rule.payment_status or (None,),
        "shipment_status": rule.shipment_status or (None,),
        "payment_method": rule.payment_method or (None,),
        "cancelled_at": (rule.cancelled_at,),
        "order_state": (rule.order_state,),
    }
    for values in product(*listed.values()):
        yield dict(zip(listed, values, strict=True))
