import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mail_jobs.model import Arm, Candidate, Decision, Memory, Past, Plan, Purpose, Reason
from mail_jobs.plan import decide, draw
from tests.mail_world import DAY, candidate

NOTHING = Memory(names=frozenset(), arms={}, past=())


def handles(candidates: Sequence[Candidate]) -> dict[str, tuple[str, ...]]:
    return {c.message_name: (*c.customer_aliases, c.customer_id, c.mail) for c in candidates}


def plan_on(day: int, candidates: Sequence[Candidate], memory: Memory = NOTHING) -> Plan:
    return decide(
        as_of=DAY + timedelta(days=day), candidates=candidates, handles=handles(candidates), memory=memory
    )


def remember(memory: Memory, plan: Plan) -> Memory:
    said = [decision.candidate for decision in plan.decisions]
    return Memory(
        names=memory.names | {c.message_name for c in said},
        arms={
            (d.candidate.scenario, key): (len(memory.names), d.arm)
            for d in plan.decisions
            if d.candidate.purpose is Purpose.ADVERTISING
            for key in (d.candidate.occurrence, d.candidate.customer_id)
        }
        | dict(memory.arms),
        past=memory.past
        + tuple(
            Past(name=c.message_name, handles=(c.customer_id, c.mail), heard_on=plan.as_of)
            for c in said
            if c.purpose is Purpose.ADVERTISING
        ),
    )


def reasons(plan: Plan) -> list[Reason]:
    return [waiting.reason for waiting in plan.waiting]


def test_the_first_by_priority_then_due_day_then_name_is_said() -> None:
    early = candidate(1, "1", priority=1, due_on=DAY - timedelta(days=1))
    late, low = candidate(1, "2", priority=1), candidate(1, "3", priority=2)
    plan = plan_on(0, [low, late, early])
    assert [decision.candidate for decision in plan.decisions] == [early]
    assert reasons(plan) == [Reason.BEATEN, Reason.BEATEN]


def test_one_address_hears_one_message_a_day_though_it_belongs_to_two_customers() -> None:
    plan = plan_on(0, [candidate(1), candidate(2, mail="person1@example.com")])
    assert reasons(plan) == [Reason.BEATEN]


def test_a_merged_customer_rests_under_all_his_ids() -> None:
    memory = remember(NOTHING, plan_on(0, [candidate(1)]))
    merged = candidate(2, customer_aliases=("c1", "c2"))
    assert reasons(plan_on(2, [merged], memory)) == [Reason.RESTING]
    assert plan_on(3, [merged], memory).decisions


def test_seven_days_hold_at_most_the_cap() -> None:
    memory = NOTHING
    for day, step in ((0, "1"), (3, "2")):
        memory = remember(memory, plan_on(day, [candidate(1, step)], memory))
    assert reasons(plan_on(6, [candidate(1, "3")], memory)) == [Reason.CAPPED]
    assert plan_on(7, [candidate(1, "3")], memory).decisions


def test_thirty_days_hold_at_most_the_cap() -> None:
    memory = NOTHING
    for day, step in ((0, "1"), (10, "2")):
        memory = remember(memory, plan_on(day, [candidate(1, step)], memory))
    third = candidate(1, "3", cap_30_days=2)
    assert reasons(plan_on(29, [third], memory)) == [Reason.CAPPED]
    assert plan_on(30, [third], memory).decisions


def test_a_decided_message_is_known_for_ever() -> None:
    memory = remember(NOTHING, plan_on(0, [candidate(1)]))
    assert reasons(plan_on(400, [candidate(1)], memory)) == [Reason.KNOWN]


def test_a_notice_stands_outside_of_arms_rests_and_caps() -> None:
    notice = {"purpose": Purpose.NOTICE, "holdout_percent": 100}
    plan = plan_on(0, [candidate(1), candidate(1, "2", **notice), candidate(1, "3", **notice)])
    assert len(plan.decisions) == 3
    assert {d.arm for d in plan.decisions if d.candidate.purpose is Purpose.NOTICE} == {Arm.TREAT}


def test_arms_are_the_same_on_every_machine() -> None:
    drawn = [
        draw(salt="s", scenario="second_purchase", occurrence=str(n), holdout_percent=10) for n in range(30)
    ]
    assert [n for n, arm in enumerate(drawn) if arm is Arm.HOLDOUT] == [6, 9, 16, 17, 18]


def test_a_share_is_held_out() -> None:
    arms = Counter(draw(salt="s", scenario="x", occurrence=str(n), holdout_percent=20) for n in range(20_000))
    assert 3_800 < arms[Arm.HOLDOUT] < 4_200
    assert {draw(salt="s", scenario="x", occurrence=str(n), holdout_percent=0) for n in range(100)} == {
        Arm.TREAT
    }
    assert {draw(salt="s", scenario="x", occurrence=str(n), holdout_percent=100) for n in range(100)} == {
        Arm.HOLDOUT
    }


def test_an_arm_is_not_drawn_again_when_salt_or_share_change() -> None:
    first = plan_on(0, [candidate(1, holdout_percent=100)])
    second = plan_on(5, [candidate(1, "2", holdout_percent=0, salt="new")], remember(NOTHING, first))
    assert [decision.arm for decision in (*first.decisions, *second.decisions)] == [Arm.HOLDOUT, Arm.HOLDOUT]


def test_a_customer_keeps_his_arm_when_the_same_scenario_comes_again() -> None:
    memory = remember(NOTHING, plan_on(0, [candidate(1, holdout_percent=100)]))
    again = candidate(1, occurrence="another order", holdout_percent=0)
    other = candidate(1, scenario="birthday", holdout_percent=0)
    assert [decision.arm for decision in plan_on(9, [again], memory).decisions] == [Arm.HOLDOUT]
    assert [decision.arm for decision in plan_on(9, [other], memory).decisions] == [Arm.TREAT]


def test_of_two_customers_found_to_be_one_the_earliest_decision_gives_the_arm() -> None:
    memory = remember(NOTHING, plan_on(0, [candidate(1, holdout_percent=100)]))
    memory = remember(memory, plan_on(5, [candidate(2, holdout_percent=0)], memory))
    merged = candidate(2, "2", customer_aliases=("c1", "c2"))
    assert [decision.arm for decision in plan_on(20, [merged], memory).decisions] == [Arm.HOLDOUT]


@st.composite
def days_of_candidates(draw_: st.DrawFn) -> list[list[Candidate]]:
    """Ten days of four people, two of whom are found to be one on some day; addresses may be shared."""
    merged_on = draw_(st.integers(0, 10))
    one = st.tuples(
        st.integers(0, 3), st.integers(0, 3), st.sampled_from("1234"), st.integers(0, 2),
        st.fixed_dictionaries({
            "priority": st.integers(1, 3), "rest_days": st.integers(0, 4), "cap_7_days": st.integers(1, 3),
            "cap_30_days": st.integers(1, 4), "holdout_percent": st.integers(0, 100),
            "scenario": st.sampled_from(["second_purchase", "birthday"]),
        }),
    )  # fmt: skip
    days = draw_(st.lists(st.lists(one, max_size=6), min_size=1, max_size=10))
    return [
        list(
            {
                c.message_name: c for c in (on_day(*drawn, merged=day >= merged_on) for drawn in drawn_today)
            }.values()
        )
        for day, drawn_today in enumerate(days)
    ]


def on_day(who: int, mail: int, step: str, order: int, changes: dict[str, Any], *, merged: bool) -> Candidate:
    ids = ("c0", "c1") if merged and who < 2 else (f"c{who}",)
    purpose = Purpose.NOTICE if changes["scenario"] == "birthday" and order == 0 else Purpose.ADVERTISING
    return candidate(
        who, step, customer_id=ids[0], customer_aliases=ids, mail=f"{mail}@example.com",
        occurrence=f"o{who}-{order}", purpose=purpose, **changes,
    )  # fmt: skip


def shares_a_handle(later: Candidate, earlier: Candidate, *, same_day: bool) -> bool:
    known = {earlier.customer_id, earlier.mail} | (set(earlier.customer_aliases) if same_day else set())
    return bool(known & {*later.customer_aliases, later.customer_id, later.mail})


def shares_an_arm(later: Candidate, earlier: Candidate) -> bool:
    return later.scenario == earlier.scenario and bool(
        {earlier.occurrence, earlier.customer_id} & set(later.arm_keys)
    )


def drawn(said: Candidate) -> Arm:
    return draw(
        salt=said.salt,
        scenario=said.scenario,
        occurrence=said.occurrence,
        holdout_percent=said.holdout_percent,
    )


def check_rests_and_caps(said: list[tuple[int, Decision]]) -> None:
    loud = [(day, d.candidate) for day, d in said if d.candidate.purpose is Purpose.ADVERTISING]
    for (first, one), (second, other) in combinations(loud, 2):
        if shares_a_handle(other, one, same_day=first == second):
            assert second - first >= max(1, other.rest_days)
    for day, told in loud:
        ago = [
            day - then for then, other in loud if then < day and shares_a_handle(told, other, same_day=False)
        ]
        assert sum(days < 7 for days in ago) < told.cap_7_days
        assert sum(days < 30 for days in ago) < told.cap_30_days


@settings(max_examples=100, deadline=None, derandomize=True)
@given(days_of_candidates(), st.randoms(use_true_random=False))
def test_plans_rest_cap_and_draw_as_promised(days: list[list[Candidate]], chance: random.Random) -> None:
    memory, said = NOTHING, list[tuple[int, Decision]]()
    for day, candidates in enumerate(days):
        plan = plan_on(day, candidates, memory)
        assert plan == plan_on(day, chance.sample(candidates, len(candidates)), memory)
        assert len(plan.decisions) + len(plan.waiting) == len(candidates)
        said += [(day, decision) for decision in plan.decisions]
        memory = remember(memory, plan)
        assert plan_on(day, candidates, memory).decisions == ()
    check_rests_and_caps(said)
    assert max(Counter(d.candidate.message_name for _, d in said).values(), default=1) == 1
    loud = [d for _, d in said if d.candidate.purpose is Purpose.ADVERTISING]
    for place, told in enumerate(loud):
        earlier = [one.arm for one in loud[:place] if shares_an_arm(told.candidate, one.candidate)]
        assert told.arm == (earlier or [drawn(told.candidate)])[0]
