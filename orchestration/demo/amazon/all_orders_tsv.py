"""Amazon's ALL_ORDERS report: tabs, cp932, UTC, a row an item, no person; source: formats.md 4.1."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from orchestration.demo.buying.lines import Kind, Line
from orchestration.demo.buying.orders import Order
from orchestration.demo.buying.progress import CANCELLED, sent_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw
from orchestration.demo.people.person import Person
from orchestration.demo.people.spelling import city_and_rest
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

HEADER = (
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,"
    "sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,"
    "currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,"
    "item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,"
    "promotion-ids,is-business-order,purchase-order-number,price-designation"
)
NAMES = HEADER.split(",")
JAPAN = timedelta(hours=9)


def header() -> bytes:
    """The header row, in English as asked for in Seller Central."""
    return quoting.amazon(NAMES)


def order_id(order: Order) -> str:
    """3-7-7 digits."""
    digits = f"{order.order_id:014}"
    return f"250-{digits[:7]}-{digits[7:]}"


def rows(story: Story, night: Night) -> Iterator[bytes]:
    """The rows of this person's orders that changed; nothing in them says whose they are."""
    for order in story.counters.get(Channel.AMAZON, ()):
        if order.changed_in(night.since, night.until):
            yield from _rows(order.known(night.until), story.person, night)


def status(order: Order, night: Night) -> str:
    """order-status: half of the orders are still pending on their first evening."""
    if order.fate_by(night.until) == CANCELLED:
        return "Cancelled"
    if sent_at(order, night.until):
        return "Shipped"
    young = order.ordered_at.date() == night.until - timedelta(days=1)
    return "Pending" if young and draw(2, "pending", order.order_id) else "Unshipped"


def _rows(order: Order, person: Person, night: Night) -> Iterator[bytes]:
    state = status(order, night)
    head = {**_state(order, night), "order-status": state, **_place(person)}
    goods = [line for line in order.lines if line.kind is Kind.GOODS]
    paid = next((line for line in goods if line.quantity and line.yen), None)
    for line in goods:
        is_first = line is paid
        cells = {**head, **_item(line, state), **(_on_first(order, state) if is_first else {})}
        yield quoting.amazon([cells.get(name, "") for name in NAMES])


def _state(order: Order, night: Night) -> dict[str, str]:
    by_amazon = draw(2, "by amazon", order.order_id)
    return {
        "amazon-order-id": order_id(order),
        "merchant-order-id": order_id(order),
        "purchase-date": printed(order.ordered_at),
        "last-updated-date": printed(order.changed_at(night.until)),
        "fulfillment-channel": "Amazon" if by_amazon else "Merchant",
        "sales-channel": "Amazon.co.jp",
        "ship-service-level": "Expedited" if by_amazon else "Standard",
        "currency": "JPY",
        "is-business-order": "false",
    }


def _place(person: Person) -> dict[str, str]:
    city, _ = city_and_rest(person.address1)
    return {
        "ship-city": city,
        "ship-state": person.prefecture,
        "ship-postal-code": f"{person.postcode[:3]}-{person.postcode[3:]}",
        "ship-country": "JP",
    }


def _item(line: Line, state: str) -> dict[str, str]:
    """A line that was taken out stays, with no pieces; prices are the line's, with tax."""
    is_out = state == "Cancelled" or not line.quantity
    priced = (
        {} if state in ("Pending", "Cancelled") else {"item-price": str(line.yen), "item-tax": str(line.tax)}
    )
    return {
        "product-name": line.sold.name,
        "sku": line.sold.code,
        "asin": f"B0JOREN{line.sold.product_id:03}",
        "item-status": "Cancelled" if is_out else "Shipped" if state == "Shipped" else "Unshipped",
        "quantity": "0" if is_out else str(line.quantity),
        **priced,
    }


def _on_first(order: Order, state: str) -> dict[str, str]:
    """Postage and discount stand with the first item that costs something."""
    if state in ("Pending", "Cancelled"):
        return {}
    discount = -order.yen(Kind.DISCOUNT)
    return {
        "shipping-price": str(order.yen(Kind.POSTAGE)),
        "item-promotion-discount": str(discount) if discount else "",
        "promotion-ids": "JOREN-THANKS" if discount else "",
    }


def printed(at: datetime) -> str:
    """UTC with its offset."""
    return f"{at - JAPAN:%Y-%m-%dT%H:%M:%S}+00:00"
