"""The sums of a Rakuten order; -9999 stands for what the mall has not fixed yet."""

from datetime import timedelta

from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.orders import Order
from orchestration.demo.chance import draw
from orchestration.demo.writing.night import Night

NOT_FIXED = "-9999"
LATE = (
    "送料合計",
    "代引料合計",
    "請求金額",
    "合計金額",
    "送付先送料",
    "送付先代引料",
    "送付先合計金額",
    "決済手数料",
)
RATES = (10, 8, 0)
COUPON_FROM_YEN, COUPON_YEN = 2_000, 200


def is_fixed(order: Order, night: Night) -> bool:
    """The shop has confirmed it: half of the orders on their first evening, all others later."""
    return order.ordered_at.date() < night.until - timedelta(days=1) or draw(2, "fixed", order.order_id) == 0


def platform_coupon(order: Order) -> int:
    """Yen that the mall pays."""
    has = order.yen(Kind.GOODS) >= COUPON_FROM_YEN and draw(10, "mall coupon", order.order_id) == 0
    return COUPON_YEN if has else 0


def order_sums(order: Order, night: Night) -> dict[str, str]:
    """合計金額 is goods and postage; 請求金額 adds the fee for cash and takes coupons and points off."""
    goods, postage, fee = (order.yen(kind) for kind in (Kind.GOODS, Kind.POSTAGE, Kind.FEE))
    own, points = -order.yen(Kind.DISCOUNT), -order.yen(Kind.POINTS)
    coupons = own + platform_coupon(order)
    sums = {
        "商品合計金額": goods,
        "消費税合計": 0,
        "送料合計": postage,
        "代引料合計": fee,
        "請求金額": goods + postage + fee - coupons - points,
        "合計金額": goods + postage,
        "ポイント利用額": points,
        "クーポン利用総額": coupons,
        "店舗発行クーポン利用額": own,
        "楽天発行クーポン利用額": coupons - own,
        "送付先送料": postage,
        "送付先代引料": fee,
        "送付先消費税合計": 0,
        "送付先商品合計金額": goods,
        "送付先合計金額": goods + postage,
        "決済手数料": 0,
        "外税合計": 0,
    }
    printed = {name: str(yen) for name, yen in sums.items()}
    fixed = {} if is_fixed(order, night) else dict.fromkeys(LATE, NOT_FIXED)
    return {**printed, **fixed, **_by_rate(order, coupons=coupons, points=points)}


def _by_rate(order: Order, *, coupons: int, points: int) -> dict[str, str]:
    """Postage, fee, coupons and points stand with the rate of most of the goods."""
    goods = {rate: sum(x.yen for x in order.goods() if x.tax_rate == rate) for rate in RATES}
    main = max(RATES, key=lambda rate: goods[rate])
    cells = dict[str, str]()
    for rate in RATES:
        total = goods[rate] + (order.yen(Kind.POSTAGE) if rate == main else 0)
        due = total + (order.yen(Kind.FEE) - coupons - points if rate == main else 0)
        cells |= {
            f"{rate}%税率": f"{rate / 100:g}",
            f"{rate}%請求金額": str(due),
            f"{rate}%請求額に対する税額": str(max(due, 0) * rate // (100 + rate)),
            f"{rate}%合計金額": str(total),
            f"{rate}%クーポン割引額": str(coupons if rate == main else 0),
            f"{rate}%利用ポイント数": str(points if rate == main else 0),
        }
    return cells
