"""The `door:` of a mapping to start from: it asks for what the staging models read strictly."""

from collections.abc import Collection, Iterator, Mapping

from orchestration.landing.mapping.kinds import kinds

KEYS: Mapping[str, tuple[str, ...]] = {
    "orders": ("order_id", "ordered_at"),
    "customers": ("member_id",),
    "shipments": ("order_id", "shipped_at"),
    "products": ("product_code",),
    "refunds": ("refund_id", "order_id", "amount", "refunded_at"),
    "consents": ("channel", "purpose", "state", "changed_at"),
    "media_costs": ("medium_id", "cost_on", "cost"),
    "order_media": ("order_id", "medium_id"),
    "action_costs": ("action", "unit_cost"),
    "subscriptions": ("subscription_id", "product_code", "started_at", "state"),
    "subscription_changes": ("subscription_id", "change", "changed_at"),
    "points": ("member_id", "balance"),
    "customer_attributes": ("attribute", "valid_from"),
    "contacts": ("contact_id", "medium", "direction", "contacted_at", "result"),
    "stops": ("scope", "reason", "since"),
    "provider_events": ("event", "happened_at"),
    "repeat_purchases": ("product_id", "period_from", "period_to", "orders", "customers"),
}  # without which a row means nothing
REFUSALS = {"consents", "stops"}  # a row that is lost might be one
_PAST = "{since: '1990-01-01', hours_ahead: 24}"
_AHEAD = "{since: '1990-01-01', hours_ahead: 17568}"  # two years
_YEN = "{least: 0, most: 1000000000, whole: true}"
_COUNT = "{least: 0, most: 100000000, whole: true}"
_SIGNED = "{least: -1000000000, most: 1000000000, whole: true}"
_FRACTION = "{least: 0, most: 1000000000, whole: false}"
DATED = {
    **dict.fromkeys(
        ("ordered_at", "paid_at", "cancelled_at", "delivered_at", "shipment_mailed_at", "refunded_at",
         "registered_at", "changed_at", "attributed_at", "cost_on", "started_at", "stated_at", "contacted_at",
         "since", "happened_at", "period_from", "period_to"),
        _PAST,
    ),
    **dict.fromkeys(
        ("shipped_at", "valid_from", "next_due_on", "due_on", "expires_on", "call_again_on", "until"), _AHEAD
    ),
}  # fmt: skip
NUMBER = {
    **dict.fromkeys(
        ("price", "subtotal", "discount", "platform_discount", "points_used", "postage", "fee", "refunded",
         "line_discount", "line_postage", "amount", "list_price", "fixed_cost"),
        _YEN,
    ),
    **dict.fromkeys(
        ("quantity", "subscription_count", "shown", "clicks", "interval_days", "delivery_count", "attempt",
         "orders", "customers"),
        _COUNT,
    ),
    **dict.fromkeys(("total", "balance"), _SIGNED),
    **dict.fromkeys(
        ("cost", "unit_cost", "days_of_use", "repeat_customers_share", "repeat_sales", "repeat_sales_share"),
        _FRACTION,
    ),
}  # fmt: skip


def starter_door(kind: str, mapped: Collection[str]) -> Iterator[str]:
    """Yield the lines of `threshold:` and `door:`; rules for columns not mapped yet stand as comments."""
    strict = kind in REFUSALS
    yield f"threshold: {{percent: {0 if strict else 1}, rows: {0 if strict else 100}, then: " + (
        "refuse}" if strict else "warn}"
    )
    yield "door:"
    if not strict:
        yield "  refuse: {}"
    yield "  refuse:" if strict else "  quarantine:"
    yield f"    present: [{', '.join(KEYS[kind])}]"
    for rule, limits in (("dated", DATED), ("number", NUMBER)):
        yield from _rules(rule, {name: limits[name] for name in kinds()[kind] if name in limits}, mapped)
    if strict:
        yield "  quarantine: {}"
    yield "  warn: {}"


def _rules(rule: str, limits: Mapping[str, str], mapped: Collection[str]) -> Iterator[str]:
    if limits:
        yield f"    {'' if limits.keys() & {*mapped} else '# '}{rule}:"
    for name, said in limits.items():
        yield f"      {'' if name in mapped else '# '}{name}: {said}"
