"""会員CSV of EC-CUBE 4.3: 27 columns, one row a member; source: formats.md 1.2 and 1.3."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from orchestration.demo.buying.checkout import points_earned
from orchestration.demo.buying.lives import Life
from orchestration.demo.buying.orders import Order
from orchestration.demo.chance import draw
from orchestration.demo.eccube.fputcsv import cells, moment
from orchestration.demo.people.person import Person, person_cells

HEADER = (
    "会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,都道府県(ID),都道府県(名称),住所1,住所2,"
    "メールアドレス,TEL,性別(ID),性別(名称),職業(ID),職業(名称),誕生日,初回購入日,最終購入日,購入回数,ショップ用メモ欄,"
    "会員ステータス(ID),会員ステータス(名称),登録日,更新日,ポイント"
)
MEMBER_STATUSES = {1: "仮会員", 2: "本会員", 3: "退会"}


def customer_rows(life: Life, *, until: date) -> tuple[bytes, ...]:
    """The member's row as of the night before `until`; none for guests and for those who have yet to join."""
    midnight = datetime.combine(until, time())
    if life.joined_at is None or life.joined_at >= midnight:
        return ()
    own = [order for order in life.orders if life.is_member_at(order.ordered_at)]
    bought = [order for order in own if order.fate_by(until) is None and order.ordered_at < midnight]
    left_at = life.left_at if life.left_at and life.left_at < midnight else None
    return (cells(_member(life.person, bought, life.joined_at, left_at, midnight)) + b"\n",)


def _member(
    person: Person, bought: Sequence[Order], joined_at: datetime, left_at: datetime | None, midnight: datetime
) -> tuple[str, ...]:
    first, last = (bought[0].ordered_at, bought[-1].ordered_at) if bought else (None, None)
    is_new = not bought and midnight - joined_at < timedelta(days=1)
    status = 3 if left_at else _status(person, is_new=is_new)
    return (
        person.member_id,
        *person_cells(replace(person, mail=_erased(person.number)) if left_at else person),
        moment(first),
        moment(last),
        str(len(bought)),
        "",
        str(status),
        MEMBER_STATUSES[status],
        moment(joined_at),
        moment(left_at or last or joined_at),
        str(sum(map(points_earned, bought))),
    )


def _status(person: Person, *, is_new: bool) -> int:
    """One in four follows the link in the welcome mail only on the next day."""
    return 1 if is_new and draw(4, "confirms late", person.number) == 0 else 2


def _erased(number: int) -> str:
    """What the vendor makes of a mail address on withdrawal: 60 signs that mean nothing."""
    return f"{blake2b(str(number).encode(), digest_size=30).hexdigest()}@dummy.dummy"


def header() -> bytes:
    """The header row: the vendor's, unquoted."""
    return f"{HEADER}\n".encode("cp932")
