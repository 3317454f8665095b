"""Rules as data find the rows that break them, and no others."""

import doorway
import duckdb
import pytest

from orchestration.doors.rules import rules_of
from orchestration.doors.setting import DoorError

EXPORTED_AT = "2026-01-04 21:00:00"  # six in the morning of the fifth in Tokyo

Cells = dict[str, str | None]


def broken(kind: str, settings: object, *rows: Cells) -> list[int]:
    """Numbers of the rows that break a rule, counted from 1."""
    [rule] = rules_of(doorway.door({"refuse": {kind: settings}}))
    columns = ", ".join(f"{name} varchar" for name in rows[0])
    marks = ", ".join("?" * (len(rows[0]) + 4))
    with duckdb.connect() as connection:
        connection.execute(
            "create table t (_file_sha256 varchar, _row_number bigint, _exported_at timestamp, _zone varchar,"
            f" {columns})"
        )
        for number, row in enumerate(rows, start=1):
            origin = [row.get("file") or "f", number, EXPORTED_AT, "Asia/Tokyo"]
            connection.execute(f"insert into t values ({marks})", [*origin, *row.values()])
        found = connection.execute(rule.unexpected.replace("{batch}", "t")).fetchall()
    return sorted(number for _, number in found)


def column(*values: str | None) -> list[Cells]:
    return [{"it": value} for value in values]


def test_a_present_column_has_no_blank() -> None:
    assert broken("present", ["it"], *column("a", None)) == [2]


def test_a_column_may_have_to_be_present_only_sometimes() -> None:
    rows: list[Cells] = [{"it": None, "status": "5"}, {"it": None, "status": "8"}]
    assert broken("present_where", {"it": {"status": ["1", "5"]}}, *rows) == [1]


def test_a_column_may_have_to_be_present_only_where_several_others_are_so() -> None:
    cells = [("5", None, "2"), ("5", "x", "2"), ("5", None, "0"), ("5", None, None), ("8", None, "2")]
    rows: list[Cells] = [{"it": None, "status": at, "gone": gone, "pieces": n} for at, gone, n in cells]
    asked = {"it": {"status": ["5"], "gone": [""], "pieces": {"above": 0}}}
    assert broken("present_where", asked, *rows) == [1]
    [rule] = rules_of(doorway.door({"warn": {"present_where": asked}}))
    assert rule.words == "it is present where status is 5 and gone is blank and pieces is above 0"


@pytest.mark.parametrize("conditions", [{}, {"status": {"below": 1}}, {"status": {"above": "1"}}])
def test_what_a_column_waits_for_must_be_said(conditions: dict[str, object]) -> None:
    with pytest.raises(DoorError, match="present_where: it"):
        rules_of(doorway.door({"warn": {"present_where": {"it": conditions}}}))


def test_a_code_is_known_or_blank() -> None:
    assert broken("known", {"it": ["1", "3"]}, *column("1", "2", "3", None, "it's")) == [2, 5]


def test_a_key_is_unique_within_a_file_and_may_come_again_in_another() -> None:
    keys = [("f", "1"), ("f", "2"), ("f", "1"), ("g", "1"), ("f", None), ("f", None)]
    rows: list[Cells] = [{"file": file, "it": key} for file, key in keys]
    assert broken("unique", ["it"], *rows) == [1, 3]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2026-01-05 05:59:59", True),
        ("2026-01-06 06:00:00", True),
        ("2026-01-06 06:00:01", False),
        ("2026-01-06 06:00:01 -0300", False),
        ("2026-01-05T21:00:00Z", True),
        ("2026-01-05T21:00:01+00:00", False),
        ("2026/1/6 6:00", True),
        ("2026/1/6 6:01", False),
        ("1767646800", True),
        ("1767646801", False),
        ("1990-01-01", True),
        ("1989-12-31", False),
        ("1989-12-31T15:00:00Z", True),
        ("1989-12-31T14:59:59Z", False),
        ("2025-02-29", False),
        ("2026/13/05", False),
        ("0000-00-00 00:00:00", False),
        ("今日", False),
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
        ("+5.", True),
        (".5", True),
        ("1e2", False),
        ("1_0", False),
        ("1,000", False),
        ("¥500", False),
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


def test_what_becomes_of_it_stands_in_the_rule() -> None:
    said = {"refuse": {"present": ["a"]}, "quarantine": {"present": ["b"]}, "warn": {"present": ["c"]}}
    rules = rules_of(doorway.door(said))
    assert [(rule.words, rule.then) for rule in rules] == [
        ("a is present", "refuse"),
        ("b is present", "quarantine"),
        ("c is present", "warn"),
    ]


def test_a_section_may_be_absent_or_empty() -> None:
    assert rules_of(doorway.door({"refuse": None, "warn": {}})) == ()
