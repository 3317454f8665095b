"""Where customers stand, without SQL: plain loops over the rules as the seeds have them."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lives import DAYS, Life

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
AXES = ("n", "days", "tenure", "m")
Row = Mapping[str, str]
State = dict[tuple[str, str, str, date], str]  # by scope, scheme, customer and day


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


def limits_of(axis: str) -> list[int]:
    """Every limit of an axis, and one less."""
    found = [
        limit for listed in rules().values() for rule in listed for limit in rule.limits if limit[0] == axis
    ]
    limits = {at for _, *ends in found for at in ends if at is not None}
    return sorted({at - less for at in limits for less in (0, 1) if at >= less})


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


def averages(lives: list[Life]) -> dict[date, int]:
    """By month: what an order was worth in the twelve months before it, in hundreds of yen."""
    orders = [
        order
        for life in lives
        for order in life.orders
        if order.voided_on is None or order.voided_on > order.on
    ]
    yen, count = Counter[date](), Counter[date]()
    for order in orders:
        days = sorted({order.on, *(on for on, _ in order.refunds), order.voided_on or order.on})
        for before, day in zip([None, *days], days, strict=False):
            yen[day.replace(day=1)] += order.worth(day) - (order.worth(before) if before else 0)
        count[order.on.replace(day=1)] += 1
        if order.voided_on:
            count[order.voided_on.replace(day=1)] -= 1
    found, months = {}, sorted({day.replace(day=1) for day in DAYS})
    for n, month in enumerate(months):
        year = months[max(n - 12, 0) : n]
        orders_then = sum(count[one] for one in year)
        spent, bought = (
            (sum(yen[one] for one in year), orders_then) if orders_then else (yen[month], count[month])
        )
        found[month] = 100 * round(spent / bought / 100) if bought else 0
    return found


def states_by_loops(lives: list[Life], as_of: date) -> State:
    unit, schemes, found = averages(lives), rules(), State()
    for life in lives:
        for scope in ("all", *life.known):
            for day in (day for day in DAYS if life.of(scope)[0] <= day < as_of):
                values = measured(life, scope, day)
                for scheme, listed in schemes.items():
                    unit_yen = unit[day.replace(day=1)] if scheme == "cpm_own_average" else 1
                    found[scope, scheme, life.name, day] = state_of(values, listed, unit_yen)
    return found
