"""Order and item file of Yahoo!ショッピング: two files that belong together; source: formats.md 5.1."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from orchestration.demo.buying.lines import Kind, Line
from orchestration.demo.buying.orders import Order, Payment
from orchestration.demo.buying.progress import CANCELLED, paid_at, sent_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night
from orchestration.demo.yahoo.buyers import buyer_and_receiver
from orchestration.demo.yahoo.header import ITEM_NAMES, ORDER_NAMES

PAYMENTS = {
    Payment.TRANSFER: ("payment_b1", "銀行振込"),
    Payment.CASH: ("payment_d1", "商品代引"),
    Payment.CARD: ("payment_a1", "クレジットカード決済"),
}
COUPON_FROM_YEN, COUPON_YEN = 2_000, 100
JAPAN = ZoneInfo("Asia/Tokyo")


def order_header() -> bytes:
    """The header row of the order file."""
    return quoting.yahoo(ORDER_NAMES)


def item_header() -> bytes:
    """The header row of the item file."""
    return quoting.yahoo(ITEM_NAMES)


def order_id(order: Order) -> str:
    """The store's prefix and its count."""
    return f"joren-{10_000_000 + order.order_id}"


def order_rows(story: Story, night: Night) -> Iterator[bytes]:
    """A row for each of this person's orders that changed."""
    for order in _changed(story, night):
        cells = {**_state(order, night), **_sums(order), **buyer_and_receiver(order, story.pen)}
        yield quoting.yahoo([cells.get(name, "") for name in ORDER_NAMES])


def item_rows(story: Story, night: Night) -> Iterator[bytes]:
    """A row for each item of the same orders."""
    for order in _changed(story, night):
        for position, line in enumerate(order.lines, start=1):
            if line.kind is Kind.GOODS and line.quantity:
                cells = _item(line, order, position)
                yield quoting.yahoo([cells.get(name, "") for name in ITEM_NAMES])


def _changed(story: Story, night: Night) -> Iterator[Order]:
    for order in story.counters.get(Channel.YAHOO, ()):
        if order.changed_in(night.since, night.until):
            yield order.known(night.until)


def _state(order: Order, night: Night) -> dict[str, str]:
    sent, paid = sent_at(order, night.until), paid_at(order, night.until)
    cancelled = order.fate_by(night.until) == CANCELLED
    method, method_name = PAYMENTS[order.payment]
    return {
        "OrderId": order_id(order),
        "DeviceType": "2",
        "OrderTime": printed(order.ordered_at),
        "OrderTimeUnixEpoch": f"{order.ordered_at.replace(tzinfo=JAPAN).timestamp():.0f}",
        "OrderStatus": "4" if cancelled else "5" if sent else "2",
        "EntryPoint": "search" if draw(2, "entry", order.order_id) else "mail",
        "ShipMethod": "postage1",
        "ShipMethodName": "宅配便",
        "ShipInvoiceNumber1": f"{order.order_id:012}" if sent else "",
        "ShipDate": f"{sent:%Y/%m/%d}" if sent else "",
        "PayMethod": method,
        "PayMethodName": method_name,
        "PayKind": "1",
        "SettleStatus": "1" if paid else "",
        "PayDate": f"{paid:%Y/%m/%d}" if paid else "",
        "BuyerComments": order.memo,
        "QuantityDetail": str(sum(line.quantity for line in order.goods())),
    }


def _sums(order: Order) -> dict[str, str]:
    """What the store gets; the mall's own coupon stands beside and takes nothing off it."""
    has_coupon = order.yen(Kind.GOODS) >= COUPON_FROM_YEN and draw(12, "mall coupon", order.order_id) == 0
    return {
        "ShipCharge": str(order.yen(Kind.POSTAGE)),
        "PayCharge": str(order.yen(Kind.FEE)),
        "GiftWrapCharge": "0",
        "Discount": str(-order.yen(Kind.DISCOUNT)),
        "UsePoint": str(-order.yen(Kind.POINTS)),
        "GetPoint": str(order.yen(Kind.GOODS) // 100),
        "Total": str(order.yen(Kind.GOODS)),
        "TotalPrice": str(order.yen(*Kind)),
        "ShippingCouponDiscount": "0",
        "ItemCouponDiscount": "0",
        "TotalMallCouponDiscount": str(COUPON_YEN if has_coupon else 0),
    }


def _item(line: Line, order: Order, position: int) -> dict[str, str]:
    return {
        "OrderId": order_id(order),
        "LineId": str(position),
        "Quantity": str(line.quantity),
        "ItemId": line.sold.code.lower(),
        "SubCode": line.sold.code,
        "Title": line.sold.name,
        "ItemOptionName": "盤",
        "ItemOptionValue": "通常盤",
        "UnitPrice": str(line.each),
        "LineSubTotal": str(line.yen),
        "Condition": "0",
        "CouponDiscount": "0",
        "OriginalPrice": str(line.each),
    }


def printed(at: datetime) -> str:
    """How the mall prints a time is not confirmed."""
    return f"{at:%Y/%m/%d %H:%M:%S}"
