"""通常購入データ of Rakuten RMS: 158 columns, a row for each item of an order; formats.md 3.1 and 3.2."""

from collections.abc import Iterator
from datetime import datetime

from orchestration.demo.buying.lines import Line
from orchestration.demo.buying.orders import Order, Payment
from orchestration.demo.buying.progress import CANCELLED, RETURNED, sent_at
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw
from orchestration.demo.people.forms import RAKUTEN, at_till
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.person import Person
from orchestration.demo.people.spelling import city_and_rest, masked_mail, phone_parts
from orchestration.demo.rakuten.header import NAMES
from orchestration.demo.rakuten.sums import is_fixed, order_sums
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

MASK = "pc.fw.rakuten.ne.jp"
MOST_ROWS = 5_000
PAYMENTS = {Payment.TRANSFER: "銀行振込", Payment.CASH: "代金引換", Payment.CARD: "クレジットカード"}
CHOICES = ("盤:通常盤", "盤:限定盤\nのし:なし", "盤:限定盤\nのし:御礼\n名入れ:なし")
COMMENTS = ("", "", "", "[配送日時指定:]\n2日後以降\n午前中", '[備考:]\n領収書希望, 宛名は"上様"')


def header() -> bytes:
    """The header row, in quotes as all rows."""
    return quoting.rakuten(NAMES)


def order_number(order: Order) -> str:
    """Shop, day, and the mall's own count."""
    return f"312345-{order.ordered_at:%Y%m%d}-{order.order_id:010}"


def rows(story: Story, night: Night) -> Iterator[bytes]:
    """The rows of this person's orders that changed."""
    for order in story.counters.get(Channel.RAKUTEN, ()):
        if order.changed_in(night.since, night.until):
            yield from _rows(order.known(night.until), story.pen, night)


def _rows(order: Order, pen: Pen, night: Night) -> Iterator[bytes]:
    head = {**_state(order, night), **order_sums(order, night), **_people(order, pen)}
    for position, line in enumerate(order.goods(), start=1):
        cells = {**head, **_item(line, order, position)}
        yield quoting.rakuten([cells.get(name, "") for name in NAMES])


def status(order: Order, night: Night) -> str:
    """ステータス: a return ends as a cancellation, the file does not say which it was."""
    fate = order.fate_by(night.until)
    if fate in (CANCELLED, RETURNED) and order.fated_at is not None:
        return "800" if (night.until - order.fated_at.date()).days < 2 else "900"  # noqa: PLR2004
    if sent_at(order, night.until):
        return "500" if draw(2, "settled", order.order_id) else "700"
    return "300" if is_fixed(order, night) else "100"


def _state(order: Order, night: Night) -> dict[str, str]:
    at = order.ordered_at
    fixed = printed(at) if is_fixed(order, night) else ""
    return {
        "注文番号": order_number(order),
        "ステータス": status(order, night),
        "注文日時": printed(at),
        "注文日": f"{at:%Y-%m-%d}",
        "注文時間": f"{at:%H:%M:%S}",
        "注文確認日時": fixed,
        "注文確定日時": fixed,
        "発送完了報告日時": printed(sent_at(order, night.until)),
        "支払方法名": PAYMENTS[order.payment],
        "配送方法": "宅配便",
        "注文種別": "1",
        "複数送付先フラグ": "0",
        "離島フラグ": "0",
        "楽天確認中フラグ": "0",
        "楽天会員フラグ": "1",
        "購入履歴修正有無フラグ": str(int(bool(order.edit and night.knows(order.edit.at)))),
        "コメント": COMMENTS[order.order_id // 10 % len(COMMENTS)],
        "利用端末": "11",
    }


def _people(order: Order, pen: Pen) -> dict[str, str]:
    """Mostly orderer and receiver are the same; the mall shows a mask for the mail address."""
    day, number = order.ordered_at.date(), pen.person.number
    form = at_till(RAKUTEN, order.order_id, day, is_guest=False)
    friend = pen.friend(order.order_id, day)
    buyer = _cells(pen.written(form), pen.meant(form).phone)
    sides = {"注文者": buyer, "送付先": _cells(friend, friend.phone) if friend else buyer}
    return {
        **{f"{side}{name}": text for side, cells in sides.items() for name, text in cells.items()},
        "注文者メールアドレス": masked_mail(number, MASK, order.order_id),
        "注文者性別": pen.person.sex.removesuffix("性"),
        "送付先一致フラグ": str(int(friend is None)),
    }


def _cells(face: Person, phone: str) -> dict[str, str]:
    """Three boxes for the telephone, two for the post code."""
    city, rest = city_and_rest(face.address1)
    return {
        "郵便番号1": face.postcode[:3],
        "郵便番号2": face.postcode[3:],
        "住所都道府県": face.prefecture,
        "住所郡市区": city,
        "住所それ以降の住所": f"{rest}{face.address2}",
        "姓": face.family_name,
        "名": face.given_name,
        "姓カナ": face.family_kana,
        "名カナ": face.given_kana,
        **dict(zip(("電話番号1", "電話番号2", "電話番号3"), phone_parts(phone), strict=True)),
    }


def _item(line: Line, order: Order, position: int) -> dict[str, str]:
    code = line.sold.code
    rate = f"{line.tax_rate / 100:g}"
    return {
        "送付先ID": str(order.order_id),
        "商品明細ID": str(order.order_id * 10 + position),
        "商品ID": str(10_000_000 + line.sold.product_id),
        "商品名": line.sold.name,
        "商品番号": code,
        "商品管理番号": code.lower(),
        "単価": str(line.each),
        "個数": str(line.quantity),
        "送料込別": "0",
        "税込別": "1",
        "代引手数料込別": "0",
        "項目・選択肢": CHOICES[line.sold.product_id % len(CHOICES)],
        "商品税率": rate,
        "商品毎税込価格": str(line.each),
        "SKU管理番号": f"r-{line.sold.product_id:08}",
        "システム連携用SKU番号": code,
    }


def printed(at: datetime | None) -> str:
    """A time on the wall clock of Japan; how the mall prints it is not confirmed."""
    return str(at) if at else ""
