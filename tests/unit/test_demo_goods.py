from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.demo.buying.goods import Share, shares, with_tax


def paid(parts: Sequence[Share]) -> int:
    return sum(part.quantity * with_tax(part.price, part.tax_rate) for part in parts)


def pieces(parts: Sequence[Share]) -> int:
    return sum(part.quantity for part in parts)


@pytest.mark.parametrize(
    ("price", "rate", "yen"), [(4, 10, 4), (5, 10, 6), (6, 8, 6), (7, 8, 8), (1070, 10, 1177)]
)
def test_half_a_yen_of_tax_is_rounded_up(price: int, rate: int, yen: int) -> None:
    assert with_tax(price, rate) == yen


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_every_small_amount_is_reached_to_the_yen(count: int) -> None:
    assert [paid(shares(yen=yen, pieces=count)) for yen in range(2001)] == list(range(2001))


@settings(deadline=None)
@given(yen=st.integers(0, 200_000), count=st.integers(2, 99))
def test_every_amount_is_reached_with_the_pieces_asked_for(yen: int, count: int) -> None:
    parts = shares(yen=yen, pieces=count)
    assert (paid(parts), pieces(parts), len(parts)) == (yen, count, 2)


def test_a_single_piece_that_ten_percent_cannot_reach_costs_the_reduced_rate() -> None:
    assert shares(yen=16, pieces=1) == (Share(quantity=1, price=15, tax_rate=8),)


def test_a_single_piece_that_no_rate_reaches_becomes_two() -> None:
    parts = shares(yen=115, pieces=1)
    assert (paid(parts), pieces(parts)) == (115, 2)
