"""An order's printed sums are the sums of its parts."""

import duckdb
import pytest
from doorway import door

from orchestration.doors.rules import rules_of

LINE = {"order_id": "1", "kind": "1", "total": "330.00", "price": "100.00", "rate": "10", "quantity": "3"}
GOODS = {
    "total": "total",
    "group": "order_id",
    "kind": "kind",
    "goods": "1",
    "price": "price",
    "tax_rate": "rate",
    "quantity": "quantity",
}
PARTS = {
    "total": "total",
    "group": "order_id",
    "plus": [{"lines": ["price", "quantity"]}, "postage"],
    "minus": ["discount"],
    "tolerance": 0,
}
SALE = {
    "order_id": "1",
    "total": "1500",
    "price": "500",
    "quantity": "2",
    "postage": "600",
    "discount": "100",
}


def broken(kind: str, settings: object, *rows: dict[str, str]) -> list[int]:
    """First rows, counted from 1, of the orders that break a rule."""
    [rule] = rules_of(door({"refuse": {kind: settings}}))
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} varchar" for name in rows[0])
        connection.execute(f"create table t (_file_sha256 varchar, _row_number bigint, {columns})")
        marks = ", ".join("?" * (len(rows[0]) + 2))
        for number, row in enumerate(rows, start=1):
            cells = [cell or None for cell in row.values()]
            connection.execute(f"insert into t values ({marks})", ["f", number, *cells])
        found = connection.execute(rule.unexpected.replace("{batch}", "t")).fetchall()
    return sorted(number for _, number in found)


@pytest.mark.parametrize(("total", "fits"), [("116", True), ("118", True), ("117", False), ("114", False)])
def test_goods_with_tax_may_be_rounded_per_piece_in_three_ways(total: str, *, fits: bool) -> None:
    row = LINE | {"price": "54.00", "rate": "8", "quantity": "2", "total": total}
    assert broken("goods_sum", GOODS, row) == ([] if fits else [1])


def test_a_rate_may_be_a_fraction() -> None:
    assert broken("goods_sum", GOODS, LINE | {"rate": "0.1"}) == []
    assert broken("goods_sum", GOODS, LINE | {"rate": "0.08"}) == [1]


def test_each_kind_of_goods_may_have_its_own_tax_basis() -> None:
    both = GOODS | {"goods": {"1": "excluded", "7": "included"}}
    wrapped = LINE | {"total": "430", "kind": "7", "quantity": "1", "rate": ""}
    assert broken("goods_sum", both, LINE | {"total": "430"}, wrapped) == []
    assert broken("goods_sum", both, LINE | {"total": "440"}, wrapped | {"total": "440"}) == [1]
    assert broken("goods_sum", GOODS, LINE | {"total": "430"}, wrapped) == [1]


def test_the_sum_runs_over_the_goods_of_one_order_alone() -> None:
    first, second = LINE | {"total": "440"}, LINE | {"total": "440", "quantity": "1"}
    postage, other = LINE | {"total": "440", "kind": "2", "price": "500"}, LINE | {"order_id": "2"}
    assert broken("goods_sum", GOODS, first, postage, second, other) == []
    assert broken("goods_sum", GOODS, first, postage, second | {"quantity": "2"}, other) == [1]


def test_an_order_without_goods_has_a_sum_of_nothing() -> None:
    assert broken("goods_sum", GOODS, LINE | {"kind": "2", "total": "0"}) == []
    assert broken("goods_sum", GOODS, LINE | {"kind": "2", "total": "1"}) == [1]


def test_goods_that_cannot_be_reckoned_do_not_pass_as_nothing() -> None:
    assert broken("goods_sum", GOODS, LINE | {"price": "", "total": "0"}) == [1]
    assert broken("goods_sum", GOODS, LINE | {"total": "330円"}) == [1]


def test_an_order_has_one_total() -> None:
    assert broken("goods_sum", GOODS, LINE | {"total": "660"}, LINE | {"total": "661"}) == [1]
    assert broken("sum_of", PARTS, SALE, SALE | {"total": "1501"}) == [1]


def test_a_total_is_its_lines_and_what_the_order_says_once_on_each_row_or_on_the_first() -> None:
    second = SALE | {"total": "2500"}
    assert broken("sum_of", PARTS, second, second) == []
    assert broken("sum_of", PARTS, second, second | {"total": "", "postage": "", "discount": ""}) == []
    assert broken("sum_of", PARTS, second, second | {"quantity": "1"}) == [1]
    assert broken("sum_of", PARTS, SALE, SALE | {"order_id": "2"}) == []


def test_a_sum_may_be_missed_by_the_tolerance() -> None:
    near = SALE | {"total": "1502"}
    assert broken("sum_of", PARTS | {"tolerance": 2}, near) == []
    assert broken("sum_of", PARTS | {"tolerance": 1}, near) == [1]


def test_blank_parts_are_nothing_and_a_blank_total_is_not_asked() -> None:
    assert broken("sum_of", PARTS, SALE | {"total": "1000", "postage": "", "discount": ""}) == []
    assert broken("sum_of", PARTS, SALE | {"total": ""}) == []


@pytest.mark.parametrize("change", [{"postage": "6oo"}, {"total": "1,500"}, {"quantity": ""}, {"price": "x"}])
def test_parts_that_are_no_numbers_break_the_sum(change: dict[str, str]) -> None:
    assert broken("sum_of", PARTS, SALE | change) == [1]


def test_a_part_that_an_order_says_once_is_the_same_on_all_its_rows() -> None:
    assert broken("sum_of", PARTS, SALE | {"total": "2500"}, SALE | {"total": "2500", "postage": "500"}) == [
        1
    ]


def test_lines_may_be_summed_only_where_another_column_says_so() -> None:
    kept = PARTS | {"plus": [{"lines": ["price", "quantity"], "where": {"deleted": ["0", ""]}}, "postage"]}
    rows = [SALE | {"deleted": deleted, "total": "2500"} for deleted in ("0", "", "1")]
    assert broken("sum_of", kept, *rows) == []
    assert broken("sum_of", kept, *rows[:1], rows[2]) == [1]


def test_rows_without_an_order_are_summed_each_alone() -> None:
    assert broken("sum_of", PARTS, SALE | {"order_id": ""}, SALE | {"order_id": ""}) == []


def test_there_may_be_several_sums() -> None:
    rules = rules_of(door({"warn": {"sum_of": [PARTS, PARTS | {"total": "price", "minus": []}]}}))
    assert [rule.words for rule in rules] == [
        "total is lines of price × quantity + postage - discount in each order_id, within 0",
        "price is lines of price × quantity + postage in each order_id, within 0",
    ]
