"""A `door:` section that a shop wrote is read strictly; its faults are told so that they can be mended."""

import re
from typing import Any

import pytest
from doorway import door

from orchestration.doors.rules import rules_of
from orchestration.doors.setting import DoorError

BOUNDS = {"least": 1, "most": 2, "whole": True}
SUM = {"total": "t", "group": "order_id", "plus": ["a"], "minus": [], "tolerance": 0}
GOODS = {"total": "t", "group": "g", "kind": "k", "price": "p", "tax_rate": "r", "quantity": "q"}


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"reject": {}}, "shop_orders.yaml: door: found {'reject': {}}, expected the keys [refuse]"),
        ({"refuse": []}, "shop_orders.yaml: door: refuse: found [], expected names, each with its settings"),
        ({"refuse": {"guess": []}}, "shop_orders.yaml: door: refuse: found {'guess': []}, expected the keys"),
        (
            {"refuse": {"dated": {"it": {"since": "1990-01-01"}}}},
            "refuse: dated: it: found {'since': '1990-01-01'}, expected the keys since, hours_ahead",
        ),
        (
            {"warn": {"dated": {"it": {"since": "Heisei 2", "hours_ahead": 24}}}},
            "dated: it: since: found 'Heisei 2', expected a day such as '1990-01-01'",
        ),
        (
            {"refuse": {"number": {"it": BOUNDS | {"least": "few"}}}},
            "number: it: least: found 'few', expected a number",
        ),
        ({"refuse": {"number": {"it": BOUNDS | {"most": True}}}}, "it: most: found True, expected a number"),
        (
            {"refuse": {"number": {"it": BOUNDS | {"whole": "yes"}}}},
            "it: whole: found 'yes', expected true or false",
        ),
        ({"refuse": {"number": {"it": {"least": 1, "most": 2}}}}, "expected the keys least, most, whole"),
        ({"refuse": {"number": {"it": BOUNDS | {"step": 1}}}}, "expected the keys least, most, whole"),
        ({"warn": {"known": ["it"]}}, "warn: known: found ['it'], expected names, each with its settings"),
        ({"warn": {"known": {"it": [1]}}}, "known: it: 1: found 1, expected a text, a code in quotes"),
        ({"warn": {"known": {"it": []}}}, "known: it: found [], expected a list, not empty"),
        ({"warn": {"present": "it"}}, "warn: present: found 'it', expected a list"),
        (
            {"warn": {"goods_sum": {}}},
            "expected the keys total, group, kind, price, tax_rate, quantity, goods",
        ),
        (
            {"warn": {"goods_sum": GOODS | {"goods": {"1": "without"}}}},
            "goods: found {'1': 'without'}, expected a kind of line, or kinds that are each excluded or",
        ),
        ({"warn": {"sum_of": SUM | {"plus": "a"}}}, "sum_of: plus: found 'a', expected a list"),
        ({"warn": {"sum_of": [SUM, SUM | {"plus": [1]}]}}, "sum_of: 2: plus: 1: found 1, expected names"),
        (
            {"warn": {"sum_of": SUM | {"plus": [{"lines": ["a", "b", "c", "d"]}]}}},
            "plus: 1: lines: found ['a', 'b', 'c', 'd'], expected at most 3 columns",
        ),
        (
            {"quarantine": {"sum_of": SUM | {"group": "line_id"}}},
            "quarantine: sum_of: found {",
        ),
        (
            {"quarantine": {"row_count": {"least_ratio": 0.2, "most_ratio": 10}}},
            "quarantine: found {'row_count'",
        ),
        ({"refuse": {"row_count": {"least_ratio": 0.2, "most_ratio": 10}}}, "refuse: found {'row_count'"),
    ],
)
def test_a_fault_names_file_key_found_and_expected(section: dict[str, Any], said: str) -> None:
    with pytest.raises(DoorError, match=rf"{re.escape(said)}.*Correct the feed's YAML\."):
        rules_of(door(section))


def test_what_is_taken_out_together_is_summed_together() -> None:
    with pytest.raises(DoorError, match="expected group order_id"):
        rules_of(door({"quarantine": {"sum_of": SUM | {"group": "line_id"}}}))
    assert rules_of(door({"quarantine": {"sum_of": SUM}}))
    assert rules_of(door({"warn": {"sum_of": SUM | {"group": "line_id"}}}))
