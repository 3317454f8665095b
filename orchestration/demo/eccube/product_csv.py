"""商品CSV of EC-CUBE 4.3: 29 columns, one row a product; source: formats.md 1.2."""

from collections.abc import Iterator

from orchestration.demo.buying.goods import Product
from orchestration.demo.buying.merchandise import CATEGORIES, SHEETS, Sheet, category
from orchestration.demo.eccube.fputcsv import cells, money

HEADER = (
    "商品ID,公開ステータス(ID),公開ステータス(名称),商品名,ショップ用メモ欄,商品説明(一覧),商品説明(詳細),"
    "検索ワード,フリーエリア,商品規格ID,販売種別(ID),販売種別(名称),規格分類1(ID),規格分類1(名称),"
    "規格分類2(ID),規格分類2(名称),発送日目安(ID),発送日目安(名称),商品コード,在庫数,在庫数無制限フラグ,"
    "販売制限数,通常価格,販売価格,商品画像,商品カテゴリ(ID),商品カテゴリ(名称),タグ(ID),タグ(名称)"
)


def header() -> bytes:
    """The header row: the vendor's, unquoted."""
    return f"{HEADER}\n".encode("cp932")


def rows() -> Iterator[bytes]:
    """The whole catalogue; only what is sold is shown to the public (公開)."""
    for sheet in SHEETS.values():
        yield cells(_row(sheet)) + b"\n"


def _row(sheet: Sheet) -> tuple[str, ...]:
    product = sheet.product
    is_sold = sheet.price > 0
    return (
        str(product.product_id),
        "1" if is_sold else "2",
        "公開" if is_sold else "非公開",
        product.name,
        "",
        f"{product.family}\r\n送料は5,000円以上で無料",
        "",
        product.family,
        "",
        str(product.product_id * 10),
        "1",
        "販売種別A",
        "21",
        "通常盤",
        *("",) * 4,
        product.code,
        "",
        "1",
        "",
        money(sheet.price + 100) if is_sold else "",
        money(sheet.price),
        f"{product.code.lower()}.jpg",
        *_filed(product),
        "",
        "",
    )


def _filed(product: Product) -> tuple[str, str]:
    """商品カテゴリ(ID), 商品カテゴリ(名称)."""
    name = category(product)
    return (str(CATEGORIES.index(name) + 1 if name in CATEGORIES else 9), name)
