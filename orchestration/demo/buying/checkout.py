"""How a purchase becomes an order: goods to the yen, then further lines that leave them alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from orchestration.demo.buying.cdnow import Purchase
from orchestration.demo.buying.goods import CATALOGUE, TAX_RATE, Product, shares, with_tax
from orchestration.demo.buying.lines import TAX_EXCLUDED, Kind, Line
from orchestration.demo.buying.merchandise import Sheet
from orchestration.demo.buying.orders import Order, Payment, Purpose
from orchestration.demo.chance import draw, pick

PAYMENTS = (Payment.CARD,) * 6 + (Payment.TRANSFER,) * 2 + (Payment.CASH,) * 2
POSTAGE = 500
POSTAGE_FREE_FROM = 5_000
DISCOUNT_FROM = 2_000
CASH_FEE = 330
MEMOS = (
    "ギフト包装希望",
    "領収書希望,宛名は会社名",
    "不在時は宅配ボックスへ\r\n時間指定なし",
    '備考 "至急"',
    "予定変更あり",
)
INVENTED_FROM = 100_000
INVENTED_FATES = (3, 3, 3, 7, 8, 9)


def orders_of(history: Sequence[Purchase], moments: Sequence[datetime], *, is_guest: bool) -> Iterator[Order]:
    """The orders of one customer, real ones by row number, now and then followed by an invented one."""
    for order in real_orders(history, moments, is_guest=is_guest):
        yield order
        if draw(200, "invented", order.order_id) == 0:
            yield _invented(order)


def real_orders(
    history: Sequence[Purchase], moments: Sequence[datetime], *, is_guest: bool
) -> Iterator[Order]:
    """An order for each purchase; members earn a point for each 100 yen and spend them in hundreds."""
    balance = 0
    for purchase, moment in zip(history, moments, strict=True):
        points = 0 if is_guest else _points_spent(purchase, balance)
        balance += purchase.yen // 100 - points
        yield _order(purchase, moment, points)


def points_earned(order: Order) -> int:
    """What an order adds to its member's points; below zero where it spends more than it earns."""
    return order.yen(Kind.GOODS) // 100 + order.yen(Kind.POINTS)


def _order(purchase: Purchase, moment: datetime, points: int) -> Order:
    payment = pick(PAYMENTS, "payment", purchase.row)
    return Order(
        order_id=purchase.row,
        ordered_at=moment,
        sent_at=sent_after(purchase.row, moment),
        payment=payment,
        memo=pick(MEMOS, "memo", purchase.row) if draw(100, "has memo", purchase.row) == 0 else "",
        lines=(*_goods(purchase), *_extras(purchase, payment, points)),
        fate=None,
        fated_at=None,
        purpose=Purpose.NORMAL,
        edit=None,
        refund=None,
    )


def _invented(order: Order) -> Order:
    """The same goods once more, some days later, in an order that came to nothing."""
    later = timedelta(days=1 + draw(20, "invented days", order.order_id))
    return replace(
        order,
        order_id=INVENTED_FROM + order.order_id,
        ordered_at=order.ordered_at + later,
        sent_at=order.sent_at + later,
        lines=tuple(line for line in order.lines if line.kind is not Kind.POINTS),
        fate=pick(INVENTED_FATES, "fate", order.order_id),
    )


def sent_after(row: int, ordered_at: datetime) -> datetime:
    """Two days after the order, in the afternoon."""
    noon = datetime.combine(ordered_at.date() + timedelta(days=2), time(12))
    return noon + timedelta(minutes=draw(300, "sent", row))


def _goods(purchase: Purchase) -> Iterator[Line]:
    for position, share in enumerate(shares(yen=purchase.yen, pieces=purchase.cds)):
        yield Line(
            kind=Kind.GOODS,
            product=_product(purchase.row, position),
            price=share.price,
            quantity=share.quantity,
            tax_rate=share.tax_rate,
            yen=share.quantity * with_tax(share.price, share.tax_rate),
        )


def _product(row: int, position: int) -> Product:
    """Two neighbours in the catalogue never meet as one product."""
    return CATALOGUE[(draw(len(CATALOGUE), "product", row) + position) % len(CATALOGUE)]


def _extras(purchase: Purchase, payment: Payment, points: int) -> Iterator[Line]:
    is_free = purchase.yen == 0 or purchase.yen >= POSTAGE_FREE_FROM
    yield extra(Kind.POSTAGE, 0 if is_free else POSTAGE, TAX_RATE)
    yield extra(Kind.FEE, CASH_FEE if payment is Payment.CASH else 0, TAX_RATE)
    if purchase.yen >= DISCOUNT_FROM and draw(8, "discount", purchase.row) == 0:
        yield extra(Kind.DISCOUNT, -pick((100, 300, 500), "how much", purchase.row), TAX_RATE)
    if points:
        yield extra(Kind.POINTS, -points, 0)


def goods_line(sheet: Sheet, quantity: int) -> Line:
    """Something from the office's list at its price."""
    return Line(
        kind=Kind.GOODS,
        product=sheet.product,
        price=sheet.price,
        quantity=quantity,
        tax_rate=sheet.tax_rate,
        yen=quantity * sheet.price_with_tax,
    )


def extra(kind: Kind, price: int, tax_rate: int) -> Line:
    """A line that is no goods; `price` as the vendor prints it."""
    yen = with_tax(price, tax_rate) if kind in TAX_EXCLUDED else price
    return Line(kind=kind, product=None, price=price, quantity=1, tax_rate=tax_rate, yen=yen)


def _points_spent(purchase: Purchase, balance: int) -> int:
    if draw(6, "points", purchase.row):
        return 0
    return min(balance, purchase.yen // 2) // 100 * 100
