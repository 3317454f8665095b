"""Which columns of a row speak of a person, and which are facts that stay without him."""

import re
from collections.abc import Callable, Mapping

from orchestration.landing.erasing.shop_keys import Row
from orchestration.landing.mapping.column import Listed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds, personal_columns
from orchestration.landing.reading.cells import CellMaker

# Rows of these kinds say nothing when nobody is behind them: they go. Of the others the facts stay.
ABOUT_PEOPLE = frozenset(
    {"customers", "consents", "stops", "contacts", "points", "customer_attributes", "subscriptions"}
)
HANDLES = (
    "shop_id", "member_id", "mail", "phone", "full_name", "family_name", "given_name", "full_kana",
    "family_kana", "given_kana", "postcode", "order_id", "receiver_name", "receiver_postcode",
)  # fmt: skip
# They name nobody and stand in marts, but an erased person's row has no use for them.
OF_HIS_OWN = frozenset(
    {"prefecture", "sex", "entry_point", "accepts_mail", "tracking_number", "receiver_prefecture"}
)
OF_RECEIVER = re.compile("receiver_|memo$|remark|tracking_number")
# What a feed maps of its own accord is named freely; only numbers and times in it are taken for facts.
PERSONAL_NAME = re.compile(
    r"phone|mail|receiver|birthday|postcode|prefecture|address|customer|member|sex|job|^ip$|_ip$"
)
NUMBER = re.compile(r"[-+0-9.,:/ T%Z]*")
Part = str | Listed


def facts(feed: Feed) -> Mapping[Part, bool]:
    """The parts of a row that stay when its person goes; with each, whether only a number in it may stay."""
    found: dict[Part, bool] = {}
    for name, column in feed.columns.items():
        if not is_personal(name, feed):
            for part in column.parts():
                found[part] = found.get(part, True) and not _is_known(name, feed)
    return found


def is_personal(name: str, feed: Feed) -> bool:
    """Whether a column of a feed goes with its person."""
    if _is_known(name, feed):
        return name in personal_columns(feed.kind) | OF_HIS_OWN
    marked = frozenset[str]().union(*map(personal_columns, kinds()))
    return name in marked | OF_HIS_OWN or PERSONAL_NAME.search(name) is not None


def _is_known(name: str, feed: Feed) -> bool:
    return name in kinds()[feed.kind] or name in ("shop_id", "brand_id")


def handles(feed: Feed, maker: CellMaker, find: Callable[[Part], list[str]], size: int) -> list[Row]:
    """What tells whose each of some rows is, by the names in HANDLES; blank where the feed has none.

    Args:
        feed: theirs.
        maker: makes the cells of a column.
        find: the cells of these rows behind a header or path.
        size: how many rows they are.
    """
    columns = (
        (maker.column(name, find) if name in feed.columns else None) or [feed.constants.get(name, "")] * size
        for name in HANDLES
    )
    return [dict(zip(HANDLES, cells, strict=True)) for cells in zip(*columns, strict=True)]


def of_receiver(feed: Feed) -> frozenset[Part]:
    """The parts of a row that speak of whoever gets the parcel, and free text."""
    names = [name for name in feed.columns if OF_RECEIVER.search(name)]
    return frozenset(part for name in names for part in feed.columns[name].parts())


def stays(cell: str, *, numbers_only: bool) -> bool:
    """Whether a fact's cell may stay."""
    return not numbers_only or NUMBER.fullmatch(cell) is not None
