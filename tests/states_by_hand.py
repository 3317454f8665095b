"""Where customers stand, without SQL: lives by a seed and at the limits of the rules, and plain loops over the rules."""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
FIRST = date(2023, 1, 10)
AXES = ("n", "days", "tenure", "m")
Row = Mapping[str, str]


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


def seed(name: str) -> list[Row]:
    """The rows of a seed."""
    return list(csv.DictReader((SEEDS / f"{name}.csv").read_text("utf-8").splitlines()))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A state, and from where to where it goes on each axis that it limits."""

    state: str
    limits: Sequence[tuple[str, int | None, int | None]]

    def fits(self, values: Mapping[str, int], factor: Mapping[str, int]) -> bool:
        """All values lie within; limits are in units of so much."""
        return all(
            (start is None or values[axis] >= start * factor[axis])
            and (end is None or values[axis] < end * factor[axis])
            for axis, start, end in self.limits
        )


def _rule(row: Row, **ends: Row) -> Rule:
    cells = {f"{axis}_{end}": band[f"band_{end}"] for axis, band in ends.items() for end in ("from", "to")}
    told = {
        name: int(cell) for name, cell in {**row, **cells}.items() if cell and name.endswith(("_from", "_to"))
    }
    axes = [(axis, told.get(f"{axis}_from"), told.get(f"{axis}_to")) for axis in AXES]
    return Rule(
        state=row["state"], limits=[(axis, a, b) for axis, a, b in axes if a is not None or b is not None]
    )


def rules() -> dict[str, list[Rule]]:
    """The rules of every scheme, first come first; ranks of RFM are rules of their bands."""
    bands = {(row["axis"], row["band"]): row for row in seed("rfm_bands")}
    found: dict[str, list[Rule]] = {}
    for row in seed("state_rules"):
        found.setdefault(row["scheme"], []).append(_rule(row))
    for rank in seed("rfm_ranks"):
        f_band, r_band = bands["F", rank["f_band"]], bands["R", rank["r_band"]]
        found[rank["scheme"]].append(_rule(rank, n=f_band, days=r_band))
    return found


def measured(life: Life, scope: str, day: date) -> dict[str, int]:
    """n, days since, tenure and M at the close of a day."""
    known_on, orders = life.of(scope)
    days = {order.on for order in orders if order.counts(day)}
    return {
        "n": len(days),
        "days": (day - max(days, default=known_on)).days + 1,
        "tenure": (max(days) - min(days)).days if days else 0,
        "m": sum(order.worth(day) for order in orders),
    }


def state_of(values: Mapping[str, int], listed: Sequence[Rule], unit_yen: int) -> str:
    """The state of the first rule that fits; limits of M are in units of so many yen."""
    factor = {**dict.fromkeys(AXES, 1), "m": unit_yen}
    return next(rule.state for rule in listed if rule.fits(values, factor))


def at_limits() -> Iterator[Life]:
    """Lives that stand one below and right at every limit of the rules, the silence after them past the last one."""
    for n in _beside("n"):
        yield _life(f"n {n}", [Order(on=FIRST + timedelta(days=k), yen=1000) for k in range(n)])
    for days in _beside("tenure"):
        for yen in _beside("m"):
            last = FIRST + timedelta(days=days)
            yield _life(f"{days} days {yen} yen", [Order(on=FIRST, yen=0), Order(on=last, yen=yen)])


def _beside(axis: str) -> list[int]:
    """Every limit of an axis, and one less."""
    found = [
        limit for listed in rules().values() for rule in listed for limit in rule.limits if limit[0] == axis
    ]
    limits = {at for _, *ends in found for at in ends if at is not None}
    return sorted({at - less for at in limits for less in (0, 1) if at >= less})


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
