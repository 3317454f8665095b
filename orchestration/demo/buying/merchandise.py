"""What the shop has besides CDs, and what its office knows of every product."""

from dataclasses import dataclass

from orchestration.demo.buying.goods import CATALOGUE, REDUCED_TAX_RATE, TAX_RATE, Product, with_tax


def _extra(product_id: int, name: str, family: str, kind: str) -> Product:
    return Product(product_id=product_id, name=name, family=family, kind=kind)


MONTHLY = _extra(121, "今月の一枚(定期便)", "今月の一枚", "regular")
CLEANER = _extra(122, "盤面クリーナー詰替", "盤面クリーナー", "regular")
TRIAL = _extra(123, "お試し盤 三曲入り", "今月の一枚", "trial")
SAMPLER = _extra(124, "サンプラー盤(非売品)", "今月の一枚", "sample")
STICKER = _extra(125, "オリジナルステッカー(ノベルティ)", "ノベルティ", "insert")
LEAFLET = _extra(126, "同梱カタログ秋号", "ノベルティ", "insert")
WRAPPING = _extra(127, "ギフト包装", "包装", "wrapping")
EXTRAS = (MONTHLY, CLEANER, TRIAL, SAMPLER, STICKER, LEAFLET, WRAPPING)
FREE = (STICKER, STICKER, LEAFLET, SAMPLER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The office's sheet on a product: prices and cost without tax in yen, `days_of_use` of one piece."""

    product: Product
    price: int
    cost: int
    tax_rate: int
    days_of_use: int | None

    @property
    def price_with_tax(self) -> int:
        """What the customer pays for one piece."""
        return with_tax(self.price, self.tax_rate)


_PRICES = {
    MONTHLY: (1_800, 30),
    CLEANER: (1_200, 60),
    TRIAL: (500, None),
    SAMPLER: (0, None),
    STICKER: (0, None),
    LEAFLET: (0, None),
    WRAPPING: (200, None),
}


def _sheet(product: Product) -> Sheet:
    price, days_of_use = _PRICES.get(product, (1_000 + product.product_id % 7 * 200, None))
    return Sheet(
        product=product,
        price=price,
        cost=price * 45 // 100 or 30,
        tax_rate=REDUCED_TAX_RATE if product is LEAFLET else TAX_RATE,
        days_of_use=days_of_use,
    )


SHEETS = {product.product_id: _sheet(product) for product in (*CATALOGUE, *EXTRAS)}
CATEGORIES = ("邦楽", "洋楽", "クラシック", "民謡・純邦楽", "企画盤")


def category(product: Product) -> str:
    """商品カテゴリ."""
    return CATEGORIES[product.product_id % len(CATEGORIES)] if product.kind == "regular" else "その他"
