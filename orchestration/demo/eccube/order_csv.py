"""受注CSV of EC-CUBE 4.3: 70 columns, one row an order item; source: formats.md 1.2 and 1.3."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from orchestration.demo.buying.lines import Kind, Line
from orchestration.demo.buying.lives import Life
from orchestration.demo.buying.orders import Order, Payment
from orchestration.demo.buying.progress import paid_at, shipped_at, status
from orchestration.demo.chance import pick
from orchestration.demo.eccube.fputcsv import cell, cells, moment, money
from orchestration.demo.people.person import Person, person_cells

HEADER = (
    "注文ID,注文番号,会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,都道府県(ID),都道府県(名称),"
    "住所1,住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),職業(名称),誕生日,ショップ用メモ欄,小計,値引き,送料,税金,合計,"
    "支払合計,対応状況(ID),対応状況(名称),支払方法(ID),支払方法(名称),受注日,入金日,注文詳細ID,商品ID,商品規格ID,商品名,"
    "商品コード,規格名1,規格名2,規格分類名1,規格分類名2,価格,個数,税率,税率ルール(ID),明細区分(ID),明細区分(名称),出荷ID,"
    "配送先_お名前(姓),配送先_お名前(名),配送先_お名前(セイ),配送先_お名前(メイ),配送先_会社名,配送先_郵便番号,"
    "配送先_都道府県(ID),配送先_都道府県(名称),配送先_住所1,配送先_住所2,配送先_TEL,配送業者(ID),配送業者(名称),お届け時間ID,"
    "お届け時間(名称),お届け希望日,送料,発送日,出荷伝票番号,配達用メモ,出荷メール送信日"
)
KINDS = {
    Kind.GOODS: "商品",
    Kind.POSTAGE: "送料",
    Kind.FEE: "手数料",
    Kind.DISCOUNT: "割引",
    Kind.POINTS: "ポイント",
}
PAYMENTS = {Payment.TRANSFER: "銀行振込", Payment.CASH: "代金引換", Payment.CARD: "クレジットカード"}
STATUSES = {
    1: "新規受付",
    3: "注文取消し",
    4: "対応中",
    5: "発送済み",
    6: "入金済み",
    7: "決済処理中",
    8: "購入処理中",
    9: "返品",
}
TAX_RULES = {0: "", 8: "2", 10: "1"}
DELIVERY_TIMES = (("", ""), ("", ""), ("1", "午前"), ("2", "午後"))
NO_SHIPMENT = cells(("",) * 22)


def order_rows(life: Life, *, since: date | None, until: date) -> Iterator[bytes]:
    """The rows of one customer's orders as the shop prints them in the night before `until`.

    Orders are those that changed since `since` (None: all).
    """
    face = cached_cells(life.person)
    for order in life.orders:
        if order.changed_in(since, until):
            yield from rows_of(order, until, buyer=face, receiver=face)


def cached_cells(person: Person) -> tuple[bytes, bytes]:
    """A person as buyer and as receiver, printed once for all orders."""
    buyer = cells((person.member_id, *person_cells(person)))
    receiver = cells((*person_cells(person)[:10], person.phone, "1", "常連運輸"))
    return buyer, receiver


def rows_of(
    order: Order, until: date, *, buyer: tuple[bytes, bytes], receiver: tuple[bytes, bytes]
) -> Iterator[bytes]:
    """Only goods and postage belong to a shipment; the vendor leaves its columns blank on all other rows."""
    known = order.known(until)
    number = cell(str(known.order_id))
    head = b",".join((number, number, buyer[0], cells(_sums(known, until))))
    shipment = b",".join((number, receiver[1], cells(_delivery(known, until))))
    for position, line in enumerate(known.lines, start=1):
        sent = shipment if line.kind in (Kind.GOODS, Kind.POSTAGE) else NO_SHIPMENT
        if line.quantity:
            yield b"%b,%d,%b,%b\n" % (head, known.order_id * 10 + position, _item(line), sent)


def _sums(order: Order, until: date) -> tuple[str, ...]:
    state = status(order, until)
    total = money(order.yen(*Kind))
    return (
        order.memo,
        money(order.yen(Kind.GOODS)),
        money(-order.yen(Kind.DISCOUNT, Kind.POINTS)),
        money(order.yen(Kind.POSTAGE)),
        money(sum(line.tax for line in order.lines)),
        total,
        total,
        str(state),
        STATUSES[state],
        str(order.payment.value),
        PAYMENTS[order.payment],
        moment(order.ordered_at),
        moment(paid_at(order, until)),
    )


@lru_cache(maxsize=1 << 12)
def _item(line: Line) -> bytes:
    sums = (money(line.price), str(line.quantity), str(line.tax_rate), TAX_RULES[line.tax_rate])
    return cells((*_product(line), *sums, str(line.kind.value), KINDS[line.kind]))


def _product(line: Line) -> tuple[str, ...]:
    if line.product is None:
        return ("", "", KINDS[line.kind], "", "", "", "", "")
    number = line.product.product_id
    return (str(number), str(number * 10), line.product.name, line.product.code, "仕様", "", "通常盤", "")


def _delivery(order: Order, until: date) -> tuple[str, ...]:
    """From お届け時間ID on; the second 送料 is always blank."""
    left_at = shipped_at(order, until)
    tracking_number = f"{order.order_id:012}" if left_at else ""
    wished = pick(DELIVERY_TIMES, "delivery time", order.order_id)
    return (*wished, "", "", moment(left_at), tracking_number, "", "")


def header() -> bytes:
    """The header row: the vendor's, unquoted."""
    return f"{HEADER}\n".encode("cp932")
