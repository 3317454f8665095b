"""Whose purchases the shop's files tell: CDNOW's real ones, or those of a stated process."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from orchestration.demo.buying import cdnow
from orchestration.demo.buying.cdnow import Purchase
from orchestration.demo.buying.lives import new_first_day
from orchestration.demo.buying.process import CDNOW, Visits, visits
from orchestration.demo.chance import draw
from orchestration.demo.people.dirt import Level

LIVED_ON_DAYS = 1_000
MOST_PURCHASES = 10_000


class Source(StrEnum):
    """Where histories come from."""

    CDNOW = "cdnow"
    SIMULATED = "simulated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """Who shops here.

    Attributes:
        source: whose purchases.
        customers: only the first so many (None: all of CDNOW's; a simulated shop needs a number).
        days: how long new customers arrive, simulated only.
        seed: names the simulated world; the same seed is the same shop.
        begin: first day on which a simulated customer may arrive.
        anchor: spreads CDNOW's lives as in `lives`; None: its own days.
        dirt: how differently people write themselves.
    """

    source: Source
    customers: int | None
    days: int
    seed: int
    begin: date
    anchor: date | None
    dirt: Level


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """One customer's purchases by day; `churned_on` is the day he truly stopped (None: not known)."""

    number: int
    purchases: tuple[Purchase, ...]
    churned_on: date | None


def histories(cast: Cast) -> Iterator[History]:
    """All customers, one by one.

    Raises:
        WheelMissingError: CDNOW is asked for and its wheel is not installed.
    """
    if cast.source is Source.CDNOW:
        yield from (_real(history, cast.anchor) for history in cdnow.histories(cast.customers))
    else:
        yield from (_simulated(number, cast) for number in range(1, (cast.customers or 0) + 1))


def _real(history: tuple[Purchase, ...], anchor: date | None) -> History:
    number, first_day = history[0].customer, history[0].day
    shift = timedelta(0) if anchor is None else new_first_day(number, anchor) - first_day
    shifted = tuple(replace(purchase, day=purchase.day + shift) for purchase in history)
    return History(number=number, purchases=shifted, churned_on=None)


def _simulated(number: int, cast: Cast) -> History:
    chance = Random(f"{cast.seed} {number}")  # noqa: S311  # a shop, not a secret
    first_day = cast.begin + timedelta(days=int(chance.random() * cast.days))
    life = visits(CDNOW, chance, horizon=cast.days + LIVED_ON_DAYS)
    purchases = tuple(_purchases(number, life, first_day))
    return History(number=number, purchases=purchases, churned_on=purchases[-1].day if life.is_gone else None)


def _purchases(number: int, life: Visits, first_day: date) -> Iterator[Purchase]:
    """A row names a purchase for ever: ten thousand for each customer."""
    for nth, (day, yen) in enumerate(zip(life.days, life.yen, strict=True)):
        row = (number - 1) * MOST_PURCHASES + nth + 1
        yield Purchase(
            row=row,
            customer=number,
            day=first_day + timedelta(days=day),
            cds=1 + draw(3, "cds", row),
            yen=yen,
        )
