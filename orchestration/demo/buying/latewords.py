"""What is said about an order long after it was made: a line goes, a quantity shrinks, money comes back."""

from datetime import timedelta

from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.orders import Edit, Order, Refund
from orchestration.demo.chance import draw
from orchestration.demo.writing.channels import Channel

EDITING = (Channel.ECCUBE, Channel.RAKUTEN, Channel.YAHOO, Channel.AMAZON)
REFUNDING = (Channel.ECCUBE, Channel.SHOPIFY)
LEAST_GOODS_YEN = 500
LEAST_LINES = 2
ONE_IN_EDITED = 40
ONE_IN_REFUNDED = 50


def edited(order: Order, shop: Channel) -> Edit | None:
    """In the shops that let a line be changed: up to six weeks after it was sent, or before.

    Orders with discounts or points are left alone, so that no sum can fall below zero.
    """
    row = order.order_id
    paid = [line for line in order.lines if line.kind is Kind.GOODS and line.yen]
    reduced = any(line.kind in (Kind.DISCOUNT, Kind.POINTS) for line in order.lines)
    if shop not in EDITING or len(paid) < LEAST_LINES or reduced or draw(ONE_IN_EDITED, "edited", row):
        return None
    pieces = order.lines[0].quantity
    at = order.ordered_at + timedelta(hours=2)
    if draw(3, "edited late", row):
        at = order.sent_at + timedelta(days=7 + draw(35, "edited after", row))
    keeps = pieces > 1 and draw(2, "fewer", row) == 0 and shop is not Channel.AMAZON
    return Edit(at=at, position=0, quantity=pieces - 1 if keeps else 0)


def refund_of(order: Order, shop: Channel) -> Refund | None:
    """In the shops that tell it: a quarter of the goods' price, five to sixty days after it was sent."""
    goods = order.yen(Kind.GOODS)
    if (
        shop not in REFUNDING
        or edited(order, shop)
        or goods < LEAST_GOODS_YEN
        or draw(ONE_IN_REFUNDED, "refunded", order.order_id)
    ):
        return None
    at = order.sent_at + timedelta(days=5 + draw(55, "refunded after", order.order_id))
    return Refund(at=at, yen=goods // 4)
