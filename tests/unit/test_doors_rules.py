"""Rules as data find the rows that break them, and no others."""

from typing import Any

import duckdb
import pytest

from orchestration.doors.rules import DoorError, rules_of

EXPORTED_AT = "2026-01-04 21:00:00"  # six in the morning of the fifth in Tokyo
LINE = {"order_id": "1", "kind": "1", "total": "330.00", "price": "100.00", "rate": "10", "quantity": "3"}
SUM = {
    "total": "total",
    "group": "order_id",
    "kind": "kind",
    "goods": "1",
    "price": "price",
    "tax_rate": "rate",
    "quantity": "quantity",
}


def broken(kind: str, settings: object, *rows: dict[str, str | None]) -> list[int]:
    """Numbers of the rows that break a rule, counted from 1."""
    [rule] = rules_of({"refuse": {kind: settings}})
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} varchar" for name in rows[0])
        connection.execute(
            f"create table t (_file_sha256 varchar, _row_number bigint, _exported_at timestamp, {columns})"
        )
        marks = ", ".join("?" * (len(rows[0]) + 3))
        for number, row in enumerate(rows, start=1):
            file = row.get("file") or "f"
            connection.execute(f"insert into t values ({marks})", [file, number, EXPORTED_AT, *row.values()])
        found = connection.execute(rule.unexpected.replace("{batch}", "t")).fetchall()
    return sorted(number for _, number in found)


def column(*values: str | None) -> list[dict[str, str | None]]:
    return [{"it": value} for value in values]


def test_a_present_column_has_no_blank() -> None:
    assert broken("present", ["it"], *column("a", None)) == [2]


def test_a_column_may_have_to_be_present_only_sometimes() -> None:
    rows: list[dict[str, str | None]] = [{"it": None, "status": "5"}, {"it": None, "status": "8"}]
    assert broken("present_where", {"it": {"status": ["1", "5"]}}, *rows) == [1]


def test_a_code_is_known_or_blank() -> None:
    assert broken("known", {"it": ["1", "3"]}, *column("1", "2", "3", None, "it's")) == [2, 5]


def test_a_key_is_unique_within_a_file_and_may_come_again_in_another() -> None:
    keys = [("f", "1"), ("f", "2"), ("f", "1"), ("g", "1")]
    rows: list[dict[str, str | None]] = [{"file": file, "it": key} for file, key in keys]
    assert broken("unique", ["it"], *rows) == [1, 3]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2026-01-05 05:59:59", True),
        ("2026-01-06 06:00:00", True),
        ("2026-01-06 06:00:01", False),
        ("1990-01-01", True),
        ("1989-12-31", False),
        ("2025-02-29", False),
        ("2026/01/05", False),
        ("0000-00-00 00:00:00", False),
        (None, True),
    ],
)
def test_a_time_parses_and_lies_between_then_and_a_day_after_the_export(
    value: str | None, *, fits: bool
) -> None:
    limits = {"it": {"since": "1990-01-01", "hours_ahead": 24}}
    assert broken("dated", limits, *column(value)) == ([] if fits else [1])


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("0", True),
        ("1000.00", True),
        ("-5", True),
        ("-5.01", False),
        ("1000.01", False),
        ("0.5", True),
        ("1,000", False),
        ("x", False),
    ],
)
def test_a_number_parses_and_lies_within_its_bounds(value: str, *, fits: bool) -> None:
    assert broken("number", {"it": {"least": -5, "most": 1000, "whole": False}}, *column(value)) == (
        [] if fits else [1]
    )


@pytest.mark.parametrize(
    ("value", "fits"),
    [("1000.00", True), ("-5", True), ("0.5", False), ("999.999", False), ("0.0001", False), ("1001", False)],
)
def test_a_whole_number_has_no_fraction_that_rounding_could_hide(value: str, *, fits: bool) -> None:
    limits = {"it": {"least": -5, "most": 1000, "whole": True}}
    assert broken("number", limits, *column(value)) == ([] if fits else [1])


@pytest.mark.parametrize(("total", "fits"), [("116", True), ("118", True), ("117", False), ("114", False)])
def test_goods_with_tax_may_be_rounded_per_piece_in_three_ways(total: str, *, fits: bool) -> None:
    row = LINE | {"price": "54.00", "rate": "8", "quantity": "2", "total": total}
    assert broken("goods_sum", SUM, row) == ([] if fits else [1])


def test_the_sum_runs_over_the_goods_of_one_order_alone() -> None:
    first, second = LINE | {"total": "440"}, LINE | {"total": "440", "quantity": "1"}
    postage, other = LINE | {"total": "440", "kind": "2", "price": "500"}, LINE | {"order_id": "2"}
    assert broken("goods_sum", SUM, first, postage, second, other) == []
    assert broken("goods_sum", SUM, first, postage, second | {"quantity": "2"}, other) == [1]


def test_an_order_without_goods_has_a_sum_of_nothing() -> None:
    assert broken("goods_sum", SUM, LINE | {"kind": "2", "total": "0"}) == []
    assert broken("goods_sum", SUM, LINE | {"kind": "2", "total": "1"}) == [1]


def test_an_order_has_one_total() -> None:
    assert broken("goods_sum", SUM, LINE | {"total": "660"}, LINE | {"total": "661"}) == [1]


@pytest.mark.parametrize(
    "door",
    [
        {"reject": {}},
        {"refuse": {"guess": []}},
        {"refuse": {"dated": {"it": {"since": "1990-01-01"}}}},
        {"refuse": {"number": {"it": {"least": "few", "most": 2, "whole": True}}}},
        {"refuse": {"number": {"it": {"least": 1, "most": 2}}}},
        {"warn": {"known": ["it"]}},
        {"warn": {"goods_sum": {}}},
    ],
)
def test_a_section_that_cannot_be_meant_is_refused(door: dict[str, Any]) -> None:
    with pytest.raises(DoorError, match=r"found .*Correct the feed's YAML"):
        rules_of(door)


def test_rules_warn_where_the_feed_says_so() -> None:
    rules = rules_of({"refuse": {"present": ["a"]}, "warn": {"present": ["b"]}})
    assert [(rule.words, rule.blocks) for rule in rules] == [("a is present", True), ("b is present", False)]
