"""What each shop's counter makes of a purchase: inserts, gifts, late words, refunds, and orders besides.

The last digit of an order's number says what it is: 0 the purchase itself, 1 one that came to nothing,
2 goods sent again, 3 a trial, 4 a test, 5 a delivery of a subscription.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from orchestration.demo.buying.cdnow import Purchase
from orchestration.demo.buying.checkout import extra, goods_line, real_orders
from orchestration.demo.buying.goods import TAX_RATE
from orchestration.demo.buying.latewords import edited, refund_of
from orchestration.demo.buying.lines import Kind, Line
from orchestration.demo.buying.merchandise import FREE, SHEETS, WRAPPING
from orchestration.demo.buying.orders import Order, Payment, Purpose
from orchestration.demo.buying.progress import CANCELLED, RETURNED
from orchestration.demo.chance import draw, pick
from orchestration.demo.writing.channels import Channel

CARD_ONLY = (Channel.SHOPIFY, Channel.AMAZON)
WITH_POINTS = (Channel.ECCUBE, Channel.RAKUTEN, Channel.YAHOO)
FATES = {
    Channel.ECCUBE: (CANCELLED, CANCELLED, CANCELLED, 7, 8, RETURNED),
    Channel.SHOPIFY: (CANCELLED, RETURNED),
    Channel.RAKUTEN: (CANCELLED, CANCELLED, RETURNED),
    Channel.AMAZON: (CANCELLED,),
    Channel.YAHOO: (CANCELLED,),
}
ONE_IN = {"fate": 30, "reship": 100, "test": 300, "gift": 60, "free": 5}


def orders_at(
    shop: Channel, bought: Sequence[tuple[Purchase, datetime]], *, is_member: bool, is_staff: bool
) -> Iterator[Order]:
    """All orders that one customer's purchases at this shop leave there, in no order of time."""
    earns = is_member and shop in WITH_POINTS
    purchases, moments = [purchase for purchase, _ in bought], [at for _, at in bought]
    for plain in real_orders(purchases, moments, is_guest=not earns):
        order = _grown(plain, shop, is_staff=is_staff)
        yield order
        yield from _besides(order, shop)


def _grown(plain: Order, shop: Channel, *, is_staff: bool) -> Order:
    row = plain.order_id
    is_gift = shop is Channel.ECCUBE and draw(ONE_IN["gift"], "gift", row) == 0
    purpose = Purpose.STAFF if is_staff else Purpose.GIFT if is_gift else Purpose.NORMAL
    order = replace(
        plain,
        order_id=row * 10,
        purpose=purpose,
        memo="社販" if is_staff else plain.memo,
        payment=Payment.CARD if shop in CARD_ONLY else plain.payment,
        lines=tuple(_lines(plain, shop, is_gift=is_gift)),
    )
    return replace(order, edit=edited(order, shop), refund=refund_of(order, shop))


def _lines(plain: Order, shop: Channel, *, is_gift: bool) -> Iterator[Line]:
    """Shops that take cards alone charge no fee for cash; now and then something free lies in the parcel."""
    for line in plain.lines:
        yield extra(Kind.FEE, 0, TAX_RATE) if line.kind is Kind.FEE and shop in CARD_ONLY else line
    if draw(ONE_IN["free"], "free", plain.order_id) == 0:
        yield goods_line(SHEETS[pick(FREE, "what free", plain.order_id).product_id], 1)
    if is_gift:
        yield goods_line(SHEETS[WRAPPING.product_id], 1)


def _besides(order: Order, shop: Channel) -> Iterator[Order]:
    row = order.order_id // 10
    if draw(ONE_IN["fate"], "fate", row) == 0:
        yield _failed(order, pick(FATES[shop], "which fate", row))
    if draw(ONE_IN["reship"], "reship", row) == 0 and shop in (Channel.ECCUBE, Channel.SHOPIFY):
        yield _sent_again(order)
    if draw(ONE_IN["test"], "test", row) == 0 and shop is Channel.SHOPIFY:
        yield test_order(order)


def _failed(order: Order, fate: int) -> Order:
    """The same goods some days later, in an order that comes to nothing after a while."""
    row = order.order_id // 10
    later = timedelta(days=1 + draw(20, "failed days", row))
    failed = replace(
        _copy(order, 1, later), lines=tuple(x for x in order.lines if x.kind is not Kind.POINTS), fate=fate
    )
    fated_at = {
        CANCELLED: failed.ordered_at + timedelta(hours=1 + draw(40, "cancelled after", row)),
        RETURNED: failed.sent_at + timedelta(days=7 + draw(21, "returned after", row)),
    }
    return replace(failed, fated_at=fated_at.get(fate))


def _sent_again(order: Order) -> Order:
    """What did not arrive is sent once more and costs nothing."""
    free = (replace(line, price=0, yen=0) for line in order.lines if line.kind is Kind.GOODS)
    again = _copy(order, 2, order.sent_at - order.ordered_at + timedelta(days=6))
    return replace(
        again,
        purpose=Purpose.RESHIP,
        payment=Payment.CARD,
        memo=f"再送 元注文 {order.order_id}",
        lines=(*free, extra(Kind.POSTAGE, 0, TAX_RATE), extra(Kind.FEE, 0, TAX_RATE)),
    )


def test_order(order: Order) -> Order:
    """The shop tries its own till."""
    return replace(_copy(order, 4, timedelta(minutes=30)), purpose=Purpose.TEST, memo="テスト注文")


def _copy(order: Order, digit: int, later: timedelta) -> Order:
    return replace(
        order,
        order_id=order.order_id // 10 * 10 + digit,
        ordered_at=order.ordered_at + later,
        sent_at=order.sent_at + later,
        edit=None,
        refund=None,
    )
