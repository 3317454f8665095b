"""What the shop sells, and how an amount with tax becomes prices without it."""

from dataclasses import dataclass
from itertools import product

TAX_RATE = 10
REDUCED_TAX_RATE = 8

# the traps are meant: 0x5C kanji with and without a quote behind them, plain quotes, commas, emoji
TITLES = (
    "ソウル・クラシックス",
    'ソ"SOUL"ベスト',
    "表参道ジャズ",
    '交響曲第十"復活"',
    "能と囃子",
    "十三夜の歌",
    '予"予感"ライブ',
    "夏フェス🎵コンピレーション",
    'ピアノ名曲 "月の光"',
    "ロック, ポップス名盤選",
    "昭和歌謡大全",
    "沖縄民謡集",
    "弦楽四重奏",
    "シティ・ポップ",
    "子守唄",
    "映画音楽",
    "津軽三味線",
    "ボサノヴァの午後",
    "合唱名曲集",
    "アニメ主題歌集",
    "落語名人会",
    "フォークの時代",
    "演歌の花道",
    "テクノ・トウキョウ",
)
VOLUMES = 5


CODES = {"regular": "CD", "trial": "TR", "sample": "SA", "insert": "IN", "wrapping": "WR"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """Something in the catalogue; `family` is what is bought again and again, `kind` a key of CODES."""

    product_id: int
    name: str
    family: str
    kind: str

    @property
    def code(self) -> str:
        """The shop's own code, the same on every mall."""
        return f"{CODES[self.kind]}-{self.product_id:04}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A part of an order's goods: so many pieces at so many yen without tax."""

    quantity: int
    price: int
    tax_rate: int


CATALOGUE = tuple(
    Product(product_id=number, name=f"{title}第{volume}集", family=title, kind="regular")
    for number, (volume, title) in enumerate(product(range(1, VOLUMES + 1), TITLES), start=1)
)


def with_tax(price: int, tax_rate: int) -> int:
    """A price with tax in yen, half a yen rounded up (四捨五入), as the shop rounds each unit."""
    return price + (price * tax_rate + 50) // 100


def without_tax(yen: int, tax_rate: int) -> int | None:
    """The price that becomes `yen` with tax; None where rounding skips that amount (10 %: yen % 11 == 5)."""
    near = yen * 100 // (100 + tax_rate)
    return next((price for price in (near, near + 1) if with_tax(price, tax_rate) == yen), None)


def shares(*, yen: int, pieces: int) -> tuple[Share, ...]:
    """Prices and quantities that sum up to `yen` with tax, `pieces` in all.

    One piece is one line, several are two; an amount that neither rate reaches takes two pieces.

    Raises:
        ValueError: no two lines reach the amount; never for up to 99 pieces.
    """
    if pieces == 1:
        return _one(yen) or shares(yen=yen, pieces=2)
    for tax_rate in (TAX_RATE, REDUCED_TAX_RATE):
        for each in range(yen // pieces, -1, -1):
            price = without_tax(each, tax_rate)
            rest = without_tax(yen - each * (pieces - 1), tax_rate)
            if price is not None and rest is not None:
                return (
                    Share(quantity=pieces - 1, price=price, tax_rate=tax_rate),
                    Share(quantity=1, price=rest, tax_rate=tax_rate),
                )
    raise ValueError(f"{pieces} pieces cannot cost {yen} yen with tax")


def _one(yen: int) -> tuple[Share, ...]:
    reached = ((without_tax(yen, rate), rate) for rate in (TAX_RATE, REDUCED_TAX_RATE))
    return next(
        ((Share(quantity=1, price=price, tax_rate=rate),) for price, rate in reached if price is not None),
        (),
    )
