"""The office's lists about goods and costs, and what was sent to the malls' buyers; our own plain formats."""

from collections.abc import Iterator
from datetime import date, timedelta

from orchestration.demo.amazon import all_orders_tsv as amazon_tsv
from orchestration.demo.buying.merchandise import SHEETS, category
from orchestration.demo.buying.orders import Order
from orchestration.demo.buying.progress import sent_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw, pick
from orchestration.demo.rakuten import orders_csv as rakuten_csv
from orchestration.demo.shopify import orders_csv as shopify_orders_csv
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night
from orchestration.demo.yahoo import orders_csv as yahoo_csv

PRODUCTS = (
    "product_id", "variant_id", "product_code", "product_name", "family", "category", "brand", "product_kind",
    "list_price", "price", "tax_rate", "cost", "days_of_use", "status", "valid_from", "shop_id", "brand_id",
)  # fmt: skip
SHIPMENTS = (
    "shipment_id", "order_id", "line_id", "quantity", "shipped_at", "delivered_at", "carrier",
    "tracking_number", "shipment_mailed_at", "shop_id", "brand_id",
)  # fmt: skip
MEDIA_COSTS = ("medium_id", "medium_name", "cost_on", "cost", "shown", "clicks", "shop_id", "brand_id")
ORDER_MEDIA = ("order_id", "medium_id", "attributed_at", "model", "shop_id", "brand_id")
ACTION_COSTS = ("action", "brand_id", "unit_cost", "fixed_cost", "valid_from", "shop_id")
MEDIA = {
    "listing": "検索広告",
    "sns": "SNS広告",
    "flyer": "折込チラシ",
    "affiliate": "アフィリエイト",
    "house": "同梱物",
}
ACTIONS = (("mail", "1", "0"), ("dm", "110", "30000"), ("call", "350", "0"), ("coupon", "0", "5000"))
ORDER_IDS = {
    Channel.ECCUBE: lambda order: str(order.order_id),
    Channel.SHOPIFY: lambda order: str(shopify_orders_csv.FIRST_ID + order.order_id),
    Channel.RAKUTEN: rakuten_csv.order_number,
    Channel.AMAZON: amazon_tsv.order_id,
    Channel.YAHOO: yahoo_csv.order_id,
}
SENT_BY_US = (Channel.SHOPIFY, Channel.RAKUTEN, Channel.YAHOO)
SHIPMENTS_DAYS = timedelta(days=90)

Cells = tuple[str, ...]


def product_rows(night: Night) -> Iterator[Cells]:
    """The product master; costs rose by a tenth half a year after the beginning."""
    raised_on = night.begin + timedelta(days=180)
    for sheet in SHEETS.values():
        product, number = sheet.product, str(sheet.product.product_id)
        named = (number, str(sheet.product.product_id * 10), product.code, product.name, product.family)
        kind = (category(product), "JOREN RECORDS", product.kind)
        prices = (str(sheet.price_with_tax), str(sheet.price_with_tax), str(sheet.tax_rate))
        rest = (str(sheet.days_of_use or ""), "on_sale")
        yield (*named, *kind, *prices, str(sheet.cost), *rest, "", "eccube", "main")
        if raised_on < night.until:
            cost = str(sheet.cost * 11 // 10)
            yield (*named, *kind, *prices, cost, *rest, str(raised_on), "eccube", "main")


def media_cost_rows(night: Night) -> Iterator[Cells]:
    """What each medium cost, month by month."""
    month, nth = night.begin.replace(day=1), 0
    while month < night.until:
        for medium_id, name in MEDIA.items():
            cost = 50_000 + draw(250, f"cost {medium_id}", nth) * 1_000
            shown = draw(100_000, f"shown {medium_id}", nth)
            yield (medium_id, name, str(month), str(cost), str(shown), str(shown // 50), "eccube", "main")
        month, nth = (month + timedelta(days=31)).replace(day=1), nth + 1


def action_cost_rows(night: Night) -> Iterator[Cells]:
    """What it costs to say something."""
    since = str(night.begin)
    return ((action, "main", unit, fixed, since, "eccube") for action, unit, fixed in ACTIONS)


def order_media_rows(story: Story, night: Night) -> Iterator[Cells]:
    """Where seven in ten of the own shops' new orders came from."""
    for shop, order in story.orders():
        known = order.changed_in(night.since, night.until)
        if shop in (Channel.ECCUBE, Channel.SHOPIFY) and known and draw(10, "has medium", order.order_id) < 7:  # noqa: PLR2004
            medium = pick(tuple(MEDIA), "medium", order.order_id)
            model = pick(("last", "last", "last", "asked"), "model", order.order_id)
            yield (order_id(shop, order), medium, str(order.ordered_at), model, shop.value, "main")


def shipment_rows(story: Story, night: Night) -> Iterator[Cells]:
    """What our own warehouse sent to buyers of other shops lately; EC-CUBE has a file of its own."""
    since = night.since or night.until - SHIPMENTS_DAYS
    for shop, orders in story.counters.items():
        for order in orders:
            sent = sent_at(order, night.until)
            if shop in SENT_BY_US and sent and sent.date() >= since and order.ordered_at.date() < night.until:
                yield _shipment(shop, order, night.until)


def _shipment(shop: Channel, order: Order, until: date) -> Cells:
    sent = order.sent_at
    delivered = sent + timedelta(days=1, hours=3)
    arrived = str(delivered) if delivered.date() < until else ""
    number = order_id(shop, order)
    tracking = f"{order.order_id:012}"
    return (
        f"{shop.value}-{order.order_id}",
        number,
        "",
        "",
        str(sent),
        arrived,
        "常連運輸",
        tracking,
        "",
        shop.value,
        "main",
    )


def order_id(shop: Channel, order: Order) -> str:
    """An order as its shop numbers it."""
    return ORDER_IDS[shop](order)
