"""orders_export.csv of Shopify: a row a line, the order's cells on its first row; formats.md 2.1."""

from collections.abc import Iterator
from datetime import datetime

from orchestration.demo.buying.lines import Kind, Line
from orchestration.demo.buying.orders import Order, Payment, Purpose
from orchestration.demo.buying.progress import CANCELLED, RETURNED, paid_at, sent_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.people.forms import SHOPIFY, account
from orchestration.demo.people.pen import Pen
from orchestration.demo.shopify.buyers import buyer_and_receiver
from orchestration.demo.shopify.header import ORDER_NAMES
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

FIRST_ID = 5_500_000_000_000
PURPOSES = {Purpose.TEST: "test", Purpose.RESHIP: "再送"}
RATES = (10, 8)
TAXED = (Kind.GOODS, Kind.DISCOUNT, Kind.POSTAGE)


def header() -> bytes:
    """The header row."""
    return quoting.shopify(ORDER_NAMES)


def order_name(order: Order) -> str:
    """The number that people see, and that holds an order's rows together."""
    return f"#{order.order_id}"


def rows(story: Story, night: Night) -> Iterator[bytes]:
    """The rows of this person's orders that changed."""
    for order in story.counters.get(Channel.SHOPIFY, ()):
        if order.changed_in(night.since, night.until):
            yield from _rows(order, story.pen, night)


def _rows(order: Order, pen: Pen, night: Night) -> Iterator[bytes]:
    mail = pen.mail(account(SHOPIFY, order.ordered_at.date()))
    head = {**_state(order, night), **_sums(order), **buyer_and_receiver(order, pen)}
    for line in order.goods():
        always = {"Name": order_name(order), "Email": mail, "Vendor": "常連音楽堂"}
        cells = {**always, "Created at": printed(order.ordered_at), **head, **_item(line, order, night)}
        yield quoting.shopify([cells.get(name, "") for name in ORDER_NAMES])
        head = {}


def _state(order: Order, night: Night) -> dict[str, str]:
    total, paid, sent = order.yen(*Kind), paid_at(order, night.until), sent_at(order, night.until)
    fate = order.fate_by(night.until)
    refunded = total if fate in (CANCELLED, RETURNED) and paid else order.refunded_by(night.until)
    return {
        "Financial Status": _financial(order, night, refunded=refunded, total=total),
        "Paid at": printed(paid),
        "Fulfillment Status": "fulfilled" if sent else "unfulfilled",
        "Fulfilled at": printed(sent),
        "Cancelled at": printed(order.fated_at) if fate == CANCELLED else "",
        "Refunded Amount": str(refunded),
        "Outstanding Balance": "0" if paid or fate else str(total),
    }


def _financial(order: Order, night: Night, *, refunded: int, total: int) -> str:
    if refunded:
        return "refunded" if refunded == total else "partially_refunded"
    if paid_at(order, night.until):
        return "paid"
    return "voided" if order.fate_by(night.until) == CANCELLED else "pending"


def _sums(order: Order) -> dict[str, str]:
    """`Subtotal` is the goods after the discount; tax is inside all of it."""
    discount = -order.yen(Kind.DISCOUNT)
    return {
        "Currency": "JPY",
        "Subtotal": str(order.yen(Kind.GOODS) - discount),
        "Shipping": str(order.yen(Kind.POSTAGE)),
        **_taxes(order),
        "Total": str(order.yen(*Kind)),
        "Discount Code": "THANKS" if discount else "",
        "Discount Amount": str(discount),
        "Shipping Method": "通常配送",
        "Payment Method": "Bank Deposit" if order.payment is Payment.TRANSFER else "Shopify Payments",
        "Id": str(FIRST_ID + order.order_id),
        "Tags": PURPOSES.get(order.purpose, ""),
        "Notes": order.memo,
        "Risk Level": "Low",
        "Source": "web",
    }


def _taxes(order: Order) -> dict[str, str]:
    """Tax inside goods, discount and postage, rate by rate."""
    taxes = {
        rate: sum(x.tax for x in order.lines if x.kind in TAXED and x.tax_rate == rate) for rate in RATES
    }
    cells = {"Taxes": str(sum(taxes.values()))}
    for place, (rate, yen) in enumerate(((r, y) for r, y in taxes.items() if y), start=1):
        cells |= {f"Tax {place} Name": f"CT {rate}%", f"Tax {place} Value": str(yen)}
    return cells


def _item(line: Line, order: Order, night: Night) -> dict[str, str]:
    return {
        "Lineitem quantity": str(line.quantity),
        "Lineitem name": line.sold.name,
        "Lineitem price": str(line.each),
        "Lineitem sku": line.sold.code,
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled" if sent_at(order, night.until) else "pending",
        "Lineitem discount": "0",
    }


def printed(at: datetime | None) -> str:
    """A time in the shop's own zone."""
    return f"{at} +0900" if at else ""
