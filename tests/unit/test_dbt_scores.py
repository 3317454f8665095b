"""Relative scores by three tie rules, by the models and by plain arithmetic."""

import random
from datetime import date
from math import ceil
from statistics import quantiles

import duckdb
import pytest
from macros import build, plant

AS_OF = date(2026, 1, 1)
RULES = {"quintile_average_rank": "average_rank", "quintile_plus_one": "plus_one", "quintile_ntile": "ntile"}
Customers = dict[str, dict[str, int]]


def customers(count: int) -> Customers:
    """Customers with many equal values; ids are in order."""
    chance = random.Random(count)  # noqa: S311  # a stated history, no secret
    return {
        f"c{number:03}": {
            "days": chance.choice([1, 5, 5, 30, 300]) + chance.randint(0, 3),
            "n": chance.choice([1, 1, 1, 2, 7]),
            "m": chance.choice([1000, 1000, 3000]) * chance.randint(1, 9) - 2000,
        }
        for number in range(count)
    }


def scored_by_models(found: Customers) -> dict[tuple[str, str], tuple[int, int, int]]:
    with duckdb.connect() as warehouse:
        plant(warehouse, ["scorings"])
        warehouse.execute("""
            create table int_customers_standing
                (scope varchar, customer_id varchar, days_since bigint, purchase_days bigint, m_yen bigint)
        """)
        for name, one in found.items():
            warehouse.execute(
                "insert into int_customers_standing values ('all', ?, ?, ?, ?)",
                [name, one["days"], one["n"], one["m"]],
            )
        build(warehouse, ["int_customers_ranked", "int_scores_cut", "rpt_scores"], AS_OF)
        rows = warehouse.execute("select scoring, customer_id, r_score, f_score, m_score from rpt_scores")
        return {(scoring, name): scores for scoring, name, *scores in rows.fetchall()}


def score(found: Customers, name: str, axis: str, rule: str) -> int:
    """One of five groups, by hand."""
    sign = -1 if axis == "days" else 1
    values = [sign * one[axis] for one in found.values()]
    mine, size = sign * found[name][axis], len(values)
    if rule == "average_rank":
        below, ties = sum(value < mine for value in values), values.count(mine)
        return ceil(5 * (2 * below + ties + 1) / (2 * size))
    if rule == "ntile":
        place = sorted(found, key=lambda one: (sign * found[one][axis], one)).index(name)
        sizes = [size // 5 + (group < size % 5) for group in range(5)]
        return next(group + 1 for group in range(5) if place < sum(sizes[: group + 1]))
    plain = [one[axis] for one in found.values()]
    group = 1 + sum(
        found[name][axis] >= round(cut, 6) + 1 for cut in quantiles(plain, n=5, method="inclusive")
    )
    return 6 - group if axis == "days" else group


@pytest.mark.parametrize("count", [3, 11, 57])
def test_scores_are_those_of_plain_arithmetic_whatever_the_tie_rule(count: int) -> None:
    found = customers(count)
    assert scored_by_models(found) == {
        (scoring, name): [score(found, name, axis, rule) for axis in ("days", "n", "m")]
        for scoring, rule in RULES.items()
        for name in found
    }
