"""Lives of customers: at the limits of the rules, and by a seed."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST = date(2023, 1, 10)
DAYS = [FIRST + timedelta(days=n) for n in range(1000)]


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order, when it fell away, and what was given back of it when."""

    on: date
    yen: int
    brand: str = "main"
    voided_on: date | None = None
    refunds: Sequence[tuple[date, int]] = ()

    def counts(self, day: date) -> bool:
        """It counts at the close of a day."""
        return self.on <= day and not (self.voided_on and self.voided_on <= day)

    def worth(self, day: date) -> int:
        """What it is worth at the close of a day."""
        return self.yen - sum(yen for on, yen in self.refunds if on <= day) if self.counts(day) else 0


@dataclass(frozen=True, kw_only=True)
class Life:
    """A customer's orders, with each brand that has known him since when."""

    name: str
    known: Mapping[str, date]
    orders: Sequence[Order] = field(default_factory=list)

    def of(self, scope: str) -> tuple[date, list[Order]]:
        """Since when a scope knows him, and his orders in it."""
        if scope == "all":
            return min(self.known.values()), list(self.orders)
        return self.known[scope], [order for order in self.orders if order.brand == scope]


def at_limits(limits_of: Callable[[str], Sequence[int]]) -> Iterator[Life]:
    """Lives one below and right at every limit of the rules, with a silence after them past the last one."""
    for n in limits_of("n"):
        yield _life(f"n {n}", [Order(on=FIRST + timedelta(days=k), yen=1000) for k in range(n)])
    for days in limits_of("tenure"):
        for yen in limits_of("m"):
            last = FIRST + timedelta(days=days)
            yield _life(f"{days} days {yen} yen", [Order(on=FIRST, yen=0), Order(on=last, yen=yen)])


def at_random(number: int) -> Life:
    """A life with two brands, voids and refunds."""
    chance = random.Random(number)  # noqa: S311  # a stated history, no secret
    orders, day = [], FIRST + timedelta(days=chance.randint(0, 60))
    for _ in range(chance.randint(0, 9)):
        later = day + timedelta(days=chance.choice([0, 1, 9, 40, 200]))
        yen = chance.choice([500, 9_000, 30_000, 69_000])
        orders.append(
            Order(
                on=day, yen=yen, brand=chance.choice(["main", "other"]),
                voided_on=later if chance.random() < 0.3 else None,
                refunds=[(later, yen // 3)] if chance.random() < 0.3 else [],
            )
        )  # fmt: skip
        day += timedelta(days=chance.choice([0, 1, 20, 119, 120, 121, 250]))
    return _life(f"random {number}", orders)


def _life(name: str, orders: Sequence[Order]) -> Life:
    others = [order.on for order in orders if order.brand == "other"]
    return Life(name=name, known={"main": FIRST, **({"other": min(others)} if others else {})}, orders=orders)
