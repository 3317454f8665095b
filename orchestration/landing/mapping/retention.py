"""Which columns of a feed tell of a person, and feeds whose vendor wants that deleted soon after delivery."""

import re
from collections.abc import Mapping

from orchestration.landing.mapping.feed import Feed
from orchestration.landing.mapping.kinds import personal_columns

PERSONAL = re.compile(
    r"(?i)buyer|recipient|e?mail|phone|\btel\b|kana|(receiver|customer|family|given|full|company).?name"
    r"|address|street|city|municipality|district|county|postal|postcode|\bzip|birth|memo|note|gift.?message"
    r"|extended|氏名|名前|フリガナ|住所|市区町村|電話|郵便|メール|購入者|注文者|受取人|届け先|送付先"
)


def personal_in(feed: Feed) -> list[str]:
    """Name the mapped columns that are personal: by their meaning, their name, or what they are read from."""
    known = personal_columns(feed.kind)
    return [
        name
        for name, column in feed.columns.items()
        if name in known or any(PERSONAL.search(_end(text)) for text in (name, *map(str, column.parts())))
    ]


def longest_kept(feeds: Mapping[str, Feed]) -> dict[str, int]:
    """How many days at most each shop's vendor lets personal data be kept, where one of its feeds says so."""
    limits = dict[str, int]()
    for feed in feeds.values():
        if feed.retention_days is not None:
            shop_id = feed.constants.get("shop_id", "")
            limits[shop_id] = min(feed.retention_days, limits.get(shop_id, feed.retention_days))
    return limits


def _end(header: str) -> str:
    """The last key of a path: a prefecture below an address is no address."""
    return header.rpartition(".")[2]
