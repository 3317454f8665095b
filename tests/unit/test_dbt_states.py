"""Every state of every scheme on every day, by the models and by plain loops."""

import pytest
from lives import DAYS, at_limits, at_random
from states_built import states_by_models
from states_by_hand import State, limits_of, rules, states_by_loops

LIVES = [*at_limits(limits_of), *(at_random(number) for number in range(10))]


@pytest.fixture(scope="module")
def built() -> State:
    return states_by_models(LIVES, DAYS[-1])


def test_on_every_day_everybody_stands_in_the_one_state_that_plain_loops_find(built: State) -> None:
    expected = states_by_loops(LIVES, DAYS[-1])
    assert {key: (state, built.get(key)) for key, state in expected.items() if built.get(key) != state} == {}
    assert built.keys() == expected.keys()
    missing = {(scheme, rule.state) for scheme, listed in rules().items() for rule in listed} - {
        (scheme, state) for (_, scheme, _, _), state in expected.items()
    }
    assert {scheme for scheme, _ in missing} <= {"cpm_own_average"}


def test_a_day_of_the_past_is_what_it_was_when_it_was_today(built: State) -> None:
    assert states_by_models(LIVES, DAYS[500]) == {
        key: state for key, state in built.items() if key[3] < DAYS[500]
    }


def test_best_and_lost_are_the_same_people_in_two_schemes_and_new_by_rfm_is_new_by_lifecycle(
    built: State,
) -> None:
    for (scope, scheme, name, day), rank in built.items():
        if scheme == "rfm":
            stage = built[scope, "lifecycle", name, day]
            assert (rank == "best") == (stage == "best")
            assert (rank == "lost") == (stage == "lost")
            assert rank != "new" or stage == "new"
