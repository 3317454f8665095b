"""Who is who in a shop as dirty as usual: the promise of the issue, and what a perfect reader could reach."""

import pytest
from identity_shop import known_shop
from identity_truth import Identity, itself, person_handles

from orchestration.demo.people.dirt import Level


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return known_shop(tmp_path_factory.mktemp("usual"), customers=1_500, dirt=Level.USUAL)


def test_every_person_key_is_somebodys_but_for_the_testers(usual: Identity) -> None:
    strangers = usual.customers.keys() - usual.person_of.keys()
    assert all(":guest:test." in key for key in strangers)
    assert usual.of_keys().true > 200


def test_people_are_found_and_kept_apart(usual: Identity) -> None:
    found = usual.of_keys()
    assert found.precision >= 0.999, usual.wrong_by_rule()
    assert found.recall >= 0.95


def test_a_perfect_reader_would_find_nearly_all(usual: Identity) -> None:
    assert usual.of_keys().recall <= usual.ceiling(person_handles, itself) <= 1


def test_orders_are_their_buyers_and_houses_hold_those_who_live_there(usual: Identity) -> None:
    assert usual.of_orders().precision >= 0.999
    assert usual.of_orders().recall >= 0.95
    assert usual.of_households().precision >= 0.99
