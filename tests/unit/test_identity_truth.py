"""The measure of identity itself, on shops small enough to count by hand."""

import random
from itertools import combinations
from typing import Any

import pytest
from identity_truth import Identity, Pairs, connected, household_handles, itself, pairs, person_handles

YAMADA = {"name": "山田花子", "family_name": "山田", "kana": "ヤマダハナコ"}
TARO = {"name": "山田太郎", "family_name": "山田", "kana": "ヤマダタロウ"}
NOWHERE: dict[str, Any] = {"mail": None, "phone": None}


def face(shop: str, kind: str, key: str, number: int, **told: str | None) -> dict[str, Any]:
    who = YAMADA if number == 1 else TARO
    return {"shop_id": shop, "key_kind": kind, "key": key, "number": number, **who, **NOWHERE, **told}


FACES = (
    face("own", "member", "7", 1, mail="a@example.com", phone="1", address="here"),
    face("own", "order", "10", 1, mail="a@example.com", phone="1", address="here"),
    face("mall", "order", "20", 1, phone="1", address="there"),
    face("mall", "order", "21", 1, address="elsewhere"),
    face("mall", "order", "22", 1, address="nowhere"),
    face("mall", "order", "30", 2, phone="1", address="here"),
    face("mall", "order", "31", 2, phone="1", address="here"),
)
KEYS = {"own:order:10": "own:member:7", "mall:order:20": "a", "mall:order:21": "b", "mall:order:30": "c"} | {
    "mall:order:31": "c"
}
PERFECT = {"own:member:7": "1", "a": "1", "b": "1", "c": "2", "nobody": "3"}


def said(customers: dict[str, str], **others: object) -> Identity:
    stated: dict[str, Any] = {
        "customers": customers, "households": {}, "key_of_order": KEYS, "merges": (), "faces": FACES,
        "household_of": {1: 1, 2: 1},
    }  # fmt: skip
    return Identity(**{**stated, **others})


@pytest.mark.parametrize(
    ("labels", "counted"),
    [
        ([], Pairs(true=0, said=0, both=0)),
        ([(1, "a"), (1, "a"), (1, "b"), (2, "b")], Pairs(true=3, said=2, both=1)),
        ([(1, None), (1, None), (2, None)], Pairs(true=1, said=0, both=0)),
        ([(1, "a"), (2, "a"), (3, "a")], Pairs(true=0, said=3, both=0)),
    ],
)
def test_pairs_of_a_few_things(labels: list[tuple[int, str | None]], counted: Pairs) -> None:
    assert pairs(labels) == counted


def test_pairs_of_many_things_are_those_that_two_loops_find() -> None:
    chance = random.Random(1)  # noqa: S311  # no secret
    labels = [(chance.randrange(9), chance.choice([None, *"abcdef"])) for _ in range(80)]
    two = list(combinations(labels, 2))
    together = [(a, b) for a, b in two if a[1] is not None and a[1] == b[1]]
    assert pairs(labels) == Pairs(
        true=sum(a[0] == b[0] for a, b in two),
        said=len(together),
        both=sum(a[0] == b[0] for a, b in together),
    )


def test_nothing_put_together_is_not_wrong_and_finds_nothing() -> None:
    alone = said({key: key for key in PERFECT}).of_keys()
    assert (alone, alone.precision, alone.recall) == (Pairs(true=3, said=0, both=0), 1.0, 0.0)


def test_the_truth_finds_all_and_nothing_else() -> None:
    found = said(PERFECT).of_keys()
    assert (found, found.precision, found.recall) == (Pairs(true=3, said=3, both=3), 1.0, 1.0)


def test_one_person_too_many_costs_precision_and_one_key_too_few_recall() -> None:
    found = said({**PERFECT, "c": "1", "b": "4"}).of_keys()
    assert found == Pairs(true=3, said=3, both=1)


def test_an_order_without_a_key_counts_as_not_found() -> None:
    assert said(PERFECT).of_orders() == Pairs(true=6 + 1, said=3 + 1, both=3 + 1)


def test_a_key_under_which_two_wrote_is_the_ones_who_wrote_more_and_is_counted() -> None:
    shared = said(PERFECT, key_of_order={**KEYS, "mall:order:20": "c"})
    assert (shared.person_of["c"], shared.shared, said(PERFECT).shared) == (2, 1, 0)


def test_a_perfect_reader_finds_what_was_told_twice_and_no_more() -> None:
    assert said(PERFECT).ceiling(person_handles, itself) == pytest.approx(1 / 3)
    assert said(PERFECT).ceiling(household_handles, said(PERFECT).household) == pytest.approx(3 / 6)


def test_handles_reach_through_others() -> None:
    groups = connected([("a", ["x"]), ("b", ["y"]), ("c", ["x", "y"]), ("d", [])])
    assert groups["a"] == groups["b"] == groups["c"] != groups["d"]


def test_households_are_measured_like_persons() -> None:
    houses = {"own:member:7": "h", "a": "h", "c": "h", "b": "i"}
    assert said(PERFECT, households=houses).of_households() == Pairs(true=6, said=3, both=3)
    assert said(PERFECT).of_households() == Pairs(true=6, said=0, both=0)


def test_a_wrong_merge_is_laid_to_its_rule() -> None:
    merges = (("a", "own:member:7", "phone"), ("c", "a", "address"), ("nobody", "a", "mail"))
    assert said(PERFECT, merges=merges).wrong_by_rule() == {"address": 1}
