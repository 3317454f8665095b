"""How far an order has come by the night before a day: its status, and when it was paid and sent."""

from datetime import date, datetime, timedelta

from orchestration.demo.buying.orders import Order, Payment
from orchestration.demo.chance import draw, pick

SHIP_DATES_FORGOTTEN_PERCENT = 7
SENT, PAID = 5, 6
CANCELLED, RETURNED = 3, 9


def status(order: Order, until: date) -> int:
    """対応状況 as of the night before `until`."""
    fate = order.fate_by(until)
    if fate is not None:
        return fate
    if order.sent_at.date() < until:
        return SENT
    return PAID if paid_at(order, until) else pick((1, 4), "young", order.order_id)


def sent_at(order: Order, until: date) -> datetime | None:
    """When it truly left; None for what has not, and for what was cancelled before."""
    return order.sent_at if order.sent_at.date() < until and _happens(order, order.sent_at) else None


def shipped_at(order: Order, until: date) -> datetime | None:
    """発送日; the shop forgets to enter it for 7 % of what it has sent."""
    is_forgotten = draw(100, "forgotten", order.order_id) < SHIP_DATES_FORGOTTEN_PERCENT
    return None if is_forgotten else sent_at(order, until)


def paid_at(order: Order, until: date) -> datetime | None:
    """入金日: cards at once, transfers a day later, cash when it is sent."""
    at = {
        Payment.CARD: order.ordered_at,
        Payment.TRANSFER: order.ordered_at + timedelta(days=1),
        Payment.CASH: order.sent_at,
    }[order.payment]
    return at if at.date() < until and _happens(order, at) else None


def _happens(order: Order, at: datetime) -> bool:
    """Before the order came to nothing; a return undoes nothing that was before it."""
    if order.fate in (None, RETURNED):
        return True
    return order.fated_at is not None and at < order.fated_at
