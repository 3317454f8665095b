"""Which columns of a row speak of a person, and which are facts that stay without him."""

import re
from collections.abc import Mapping

from orchestration.landing.mapping.column import Listed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import kinds

# Rows of these kinds say nothing when nobody is behind them: they go. Of the others the facts stay.
ABOUT_PEOPLE = frozenset(
    {"customers", "consents", "stops", "contacts", "points", "customer_attributes", "subscriptions"}
)
HANDLES = (
    "shop_id", "member_id", "mail", "phone", "full_name", "family_name", "given_name", "full_kana",
    "family_kana", "given_kana", "postcode", "order_id", "receiver_name", "receiver_postcode",
)  # fmt: skip
PERSONAL = frozenset({
    "member_id", "mail", "phone", "full_name", "family_name", "given_name", "full_kana", "family_kana",
    "given_kana", "company", "postcode", "prefecture", "city", "address1", "address2", "sex", "birthday",
    "memo", "tags", "entry_point", "accepts_mail", "tracking_number", "receiver_name", "receiver_postcode",
    "receiver_prefecture", "reason", "response", "url", "user_agent",
})  # fmt: skip
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
        known = name in kinds()[feed.kind] or name in ("shop_id", "brand_id")
        if name in PERSONAL or (not known and PERSONAL_NAME.search(name)):
            continue
        for part in column.parts():
            found[part] = found.get(part, True) and not known
    return found


def of_receiver(feed: Feed) -> frozenset[Part]:
    """The parts of a row that speak of whoever gets the parcel, and free text."""
    names = [name for name in feed.columns if OF_RECEIVER.search(name)]
    return frozenset(part for name in names for part in feed.columns[name].parts())


def stays(cell: str, *, numbers_only: bool) -> bool:
    """Whether a fact's cell may stay."""
    return not numbers_only or NUMBER.fullmatch(cell) is not None
