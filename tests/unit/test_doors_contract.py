"""Future dates, absurd or sign-flipped money, totals that are not the lines: quarantined by contract."""

import pyarrow.parquet as pq
import pytest
from doorway import Line, aside, ask, let_in, pend

YEN = {"least": 0, "most": 10_000_000, "whole": True}
DAY = {"since": "1997-05-01", "hours_ahead": 24}
SECTION = {
    "quarantine": {
        "present": ["order_id", "ordered_at", "total"],
        "dated": {"ordered_at": DAY, "paid_at": DAY, "shipped_at": DAY},
        "number": {
            "price": YEN,
            "quantity": {"least": 0, "most": 10_000, "whole": True},
            "postage": YEN,
            "discount": YEN,
            "total": {"least": 0, "most": 100_000_000, "whole": True},
        },
        "sum_of": {
            "total": "total",
            "group": "order_id",
            "plus": [{"lines": ["price", "quantity"]}, "postage"],
            "minus": ["discount"],
            "tolerance": 0,
        },
    },
}
# An order of two lines, exported on 2026-01-09 at nine in the morning in Tokyo.
FIRST = {
    "ordered_at": "2026-01-08 10:00:00", "paid_at": "", "shipped_at": "", "price": "1000", "quantity": "2",
    "postage": "500", "discount": "300", "total": "5200",
}  # fmt: skip
SECOND = FIRST | {"price": "3000", "quantity": "1"}
WHEN, PAID, SHIPPED, SUM = (
    "ordered_at is a time",
    "paid_at is a time",
    "shipped_at is a time",
    "total is lines of",
)
CASES: dict[str, tuple[Line, str]] = {
    # future dates
    "ordered in a year": ({"ordered_at": "2027-01-08 10:00:00"}, WHEN),
    "ordered the day after tomorrow": ({"ordered_at": "2026-01-10 09:00:01"}, WHEN),
    "ordered ahead, with an offset": ({"ordered_at": "2026-01-10T00:00:01+00:00"}, WHEN),
    "ordered ahead, in seconds": ({"ordered_at": "4102444800"}, WHEN),
    "ordered in 2062, two digits swapped": ({"ordered_at": "2062/01/08"}, WHEN),
    "paid in the future": ({"paid_at": "2026-02-01"}, PAID),
    "shipped in 9999": ({"shipped_at": "9999-12-31 00:00:00"}, SHIPPED),
    # dates that carts print for nothing, and no dates
    "ordered in 1900": ({"ordered_at": "1900-01-01 00:00:00"}, WHEN),
    "ordered in 1970": ({"ordered_at": "1970-01-01 09:00:00"}, WHEN),
    "ordered on day nought": ({"ordered_at": "0000-00-00 00:00:00"}, WHEN),
    "ordered on 30 February": ({"ordered_at": "2025-02-30"}, WHEN),
    "ordered by Excel's count of days": ({"ordered_at": "46030.41"}, WHEN),
    "ordered in the eighth year of Reiwa": ({"ordered_at": "令和8年1月8日"}, WHEN),
    "ordered never": ({"ordered_at": ""}, "ordered_at is present"),
    # signs flipped
    "a price below nothing": ({"price": "-1000"}, "price is a whole number"),
    "pieces below nothing": ({"quantity": "-2"}, "quantity is a whole number"),
    "postage below nothing": ({"postage": "-500"}, "postage is a whole number"),
    "a discount below nothing": ({"discount": "-300"}, "discount is a whole number"),
    "a total below nothing": ({"total": "-5200"}, "total is a whole number"),
    # absurd money, and none
    "a price of a billion": ({"price": "1000000000"}, "price is a whole number"),
    "a price in scientific notation": ({"price": "1e99"}, "price is a whole number"),
    "a million pieces": ({"quantity": "1000000"}, "quantity is a whole number"),
    "half a yen": ({"price": "1000.5"}, "price is a whole number"),
    "thousands separated": ({"total": "5,200"}, "total is a whole number"),
    "not fixed yet": ({"total": "-9999"}, "total is a whole number"),
    "a price in words": ({"price": "時価"}, "price is a whole number"),
    # totals that are not the lines
    "a yen too much": ({"total": "5201"}, SUM),
    "a line lost": ({"quantity": "1"}, SUM),
    "two totals in one order": ({"total": "5199"}, SUM),
    "tax twice": ({"price": "1100"}, SUM),
}  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reason for which each order of one file was taken out; good orders between them must not be."""
    home = tmp_path_factory.mktemp("home")
    rows: list[Line] = []
    for name, (change, _) in CASES.items():
        shared = change if name != "two totals in one order" else {}
        rows += [{"order_id": name} | FIRST | change, {"order_id": name} | SECOND | _on_all_rows(shared)]
        rows += [{"order_id": f"before {name}"} | line for line in (FIRST, SECOND)]
    statement = pend(home, "orders.csv", *rows)
    assert ask(home, SECTION).success
    assert pq.read_table(let_in(home, statement)).num_rows == 2 * len(CASES)
    taken = pq.read_table(aside(home, statement))
    assert taken.num_rows == 2 * len(CASES)
    return dict(zip(taken["order_id"].to_pylist(), taken["_reason"].to_pylist(), strict=True))


def _on_all_rows(change: Line) -> Line:
    return {key: value for key, value in change.items() if key not in ("price", "quantity")}


@pytest.mark.parametrize("name", CASES)
def test_it_is_quarantined_with_its_whole_order_and_the_reason(judged: dict[str, str], name: str) -> None:
    assert CASES[name][1] in judged[name]


def test_there_are_thirty_cases() -> None:
    assert len(CASES) == 30
