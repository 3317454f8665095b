"""The shops, and who buys in which of them."""

from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

from orchestration.demo.chance import pick


class Channel(StrEnum):
    """A shop, or the office with its product master, its shipments and its lists."""

    ECCUBE = "eccube"
    SHOPIFY = "shopify"
    RAKUTEN = "rakuten"
    AMAZON = "amazon"
    YAHOO = "yahoo"
    OFFICE = "office"


Habit = tuple[Channel, ...]

# of 100 people so many buy in these shops
_HABITS: tuple[tuple[int, Habit], ...] = (
    (42, (Channel.ECCUBE,)),
    (8, (Channel.SHOPIFY,)),
    (12, (Channel.RAKUTEN,)),
    (6, (Channel.AMAZON,)),
    (6, (Channel.YAHOO,)),
    (9, (Channel.ECCUBE, Channel.RAKUTEN)),
    (4, (Channel.ECCUBE, Channel.AMAZON)),
    (4, (Channel.ECCUBE, Channel.SHOPIFY)),
    (3, (Channel.ECCUBE, Channel.YAHOO)),
    (2, (Channel.RAKUTEN, Channel.YAHOO)),
    (2, (Channel.ECCUBE, Channel.RAKUTEN, Channel.AMAZON)),
    (
        2,
        (Channel.ECCUBE, Channel.ECCUBE, Channel.SHOPIFY, Channel.RAKUTEN, Channel.AMAZON, Channel.YAHOO),
    ),
)


def shops(channels: Collection[Channel]) -> tuple[Channel, ...]:
    """Those of the channels that sell."""
    return tuple(channel for channel in Channel if channel in channels and channel is not Channel.OFFICE)


def shop_of(row: int, number: int, open_shops: tuple[Channel, ...]) -> Channel:
    """Where customer `number` makes the purchase named `row`; most people always go to the same shop."""
    return pick(pick(_open_habits(open_shops), "habit", number), "shop", row)


@lru_cache(maxsize=64)
def _open_habits(open_shops: tuple[Channel, ...]) -> tuple[Habit, ...]:
    """A hundred people's habits without the shops that are not there; who has none left takes the first."""
    there = (
        (share, tuple(shop for shop in habit if shop in open_shops) or open_shops[:1])
        for share, habit in _HABITS
    )
    return tuple(habit for share, habit in there for _ in range(share))
