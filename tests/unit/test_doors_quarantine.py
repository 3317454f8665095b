"""Rows that break a rule of `quarantine:` are taken out, each with why; the others come in."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from doorway import FEED, Line, aside, ask, footer, let_in, pend

from orchestration.doors.door import Limit

BOUNDS = {"least": 0, "most": 10_000_000, "whole": True}
PRICED = {"quarantine": {"number": {"price": BOUNDS}}}
SALE = {"order_id": "1", "line_id": "1", "price": "500", "status": "5"}


def line(order: str, number: int, price: str = "500") -> Line:
    return SALE | {"order_id": order, "line_id": str(number), "price": price}


def numbers(path: Path) -> list[int]:
    return pq.read_table(path)["_row_number"].to_pylist()


def test_the_whole_order_goes_with_its_bad_line_and_the_rest_of_the_file_is_let_in(tmp_path: Path) -> None:
    rows = [line("1", 1), line("2", 2), line("1", 3, price="-500"), line("", 4, price="x"), line("", 5)]
    statement = pend(tmp_path, "a.csv", *rows)
    judgement = ask(tmp_path, PRICED)
    assert (numbers(let_in(tmp_path, statement)), numbers(aside(tmp_path, statement))) == ([2, 5], [1, 3, 4])
    assert [(file.rows, file.quarantined, file.is_let_in) for file in judgement.files] == [(5, 3, True)]
    assert (judgement.passed, judgement.refused, judgement.success) == (("a.csv",), (), True)
    [outcome] = judgement.outcomes
    assert (outcome.then, outcome.success, [one.rows for one in outcome.failing]) == (
        "quarantine",
        False,
        [(3, 4)],
    )


def test_without_a_group_each_row_stands_for_itself(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1), line("1", 2, price="-1"))
    assert ask(tmp_path, PRICED, group=None).success
    assert (numbers(let_in(tmp_path, statement)), numbers(aside(tmp_path, statement))) == ([1], [2])


def test_the_rows_taken_out_are_as_they_came_with_all_reasons_in_words(tmp_path: Path) -> None:
    rows = [line("1", 1, price="-1"), line("1", 2) | {"status": "?"}, line("2", 3)]
    statement = pend(tmp_path, "a.csv", *rows)
    ask(tmp_path, {"quarantine": {**PRICED["quarantine"], "known": {"status": ["5"]}}})
    taken = pq.read_table(aside(tmp_path, statement))
    assert taken.drop_columns(["_reason"]).schema == pq.read_table(let_in(tmp_path, statement)).schema
    assert taken["price"].to_pylist() == ["-1", "500"]
    both = "price is a whole number from 0 to 10000000; status is known"
    assert taken["_reason"].to_pylist() == [both, both]


def test_rows_that_have_a_reason_of_their_own_keep_it_beside_ours(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1, price="-1") | {"reason": "破損"}, line("2", 2))
    ask(tmp_path, PRICED)
    [taken] = pq.read_table(aside(tmp_path, statement)).to_pylist()
    assert (taken["reason"], taken["_reason"]) == ("破損", "price is a whole number from 0 to 10000000")


def test_a_sum_takes_its_order_out(tmp_path: Path) -> None:
    total = {"total": "total", "group": "order_id", "plus": [{"lines": ["price"]}], "tolerance": 0}
    rows = [line(order, at) | {"total": "1000"} for at, order in enumerate(["1", "2", "1", "2", "3"])]
    statement = pend(tmp_path, "a.csv", *rows)
    ask(tmp_path, {"quarantine": {"sum_of": total}})
    assert (numbers(let_in(tmp_path, statement)), numbers(aside(tmp_path, statement))) == ([1, 2, 3, 4], [5])


def test_footers_are_kept_and_the_counts_add_up(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1), line("2", 2, price="-1"), line("3", 3))
    before = footer(tmp_path / "raw" / FEED / ".pending" / f"{statement}.parquet")
    ask(tmp_path, PRICED)
    said = footer(let_in(tmp_path, statement))
    assert said == before | {"quarantined_door": "1"}
    landed = pq.read_metadata(let_in(tmp_path, statement)).num_rows
    counts = [int(said[name]) for name in ("quarantined", "quarantined_door", "blank")]
    assert int(said["physical"]) == landed + sum(counts)


def test_both_files_are_private_and_nothing_unfinished_is_left(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1), line("2", 2, price="-1"))
    ask(tmp_path, PRICED)
    for path in (let_in(tmp_path, statement), aside(tmp_path, statement)):
        assert path.stat().st_mode & 0o777 == 0o600
    left = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {let_in(tmp_path, statement), aside(tmp_path, statement)}


def test_many_row_groups_come_out_as_many_and_in_order(tmp_path: Path) -> None:
    rows = [line(str(at % 7), at, price="-1" if at == 3 else "1") for at in range(1, 101)]
    statement = pend(tmp_path, "a.csv", *rows, groups=9)
    ask(tmp_path, PRICED)
    kept, taken = numbers(let_in(tmp_path, statement)), numbers(aside(tmp_path, statement))
    assert (kept, taken) == (
        [at for at in range(1, 101) if at % 7 != 3],
        [at for at in range(1, 101) if at % 7 == 3],
    )


def test_a_file_of_which_nothing_is_left_is_refused_if_that_is_much(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1, price="-1"), line("1", 2))
    judgement = ask(tmp_path, PRICED, limit=Limit(percent=100, rows=3, refuses=False))  # two by landing
    [refusal] = judgement.refused
    assert "every row is quarantined: the file as a whole" in refusal.message
    assert f"copy ours, orchestration/landing/feeds/{FEED}.yaml, to JOREN_SHOP/feeds/{FEED}.yaml" in (
        refusal.message
    )
    assert not let_in(tmp_path, statement).exists()
    assert not aside(tmp_path, statement).exists()
    assert (judgement.passed, judgement.warnings, judgement.success) == ((), (), False)


def test_a_quiet_day_s_one_doubtful_order_stops_nothing(tmp_path: Path) -> None:
    statement = pend(tmp_path, "a.csv", line("1", 1, price="-1"), line("1", 2))
    judgement = ask(tmp_path, PRICED, limit=Limit(percent=1, rows=4, refuses=False))
    assert (numbers(let_in(tmp_path, statement)), numbers(aside(tmp_path, statement))) == ([], [1, 2])
    assert (judgement.passed, judgement.success) == (("a.csv",), True)
    assert f"a.csv ({FEED}): 2 of 2 rows quarantined" in judgement.warnings[0]


@pytest.mark.parametrize(("limit", "is_let_in"), [((50, 3), True), ((50, 2), False), ((40, 3), False)])
def test_a_feed_may_limit_how_much_is_taken_out_by_landing_and_door_together(
    tmp_path: Path, limit: tuple[int, int], *, is_let_in: bool
) -> None:
    pend(tmp_path, "a.csv", line("1", 1, price="-1"), *(line("2", at) for at in range(2, 5)))
    percent, rows = limit
    judgement = ask(tmp_path, PRICED, limit=Limit(percent=percent, rows=rows, refuses=True))
    assert [file.is_let_in for file in judgement.files] == [is_let_in]


def test_a_rule_that_refuses_goes_before_one_that_takes_out(tmp_path: Path) -> None:
    pend(tmp_path, "a.csv", line("1", 1, price="-1"), line("2", 2))
    judgement = ask(tmp_path, PRICED | {"refuse": {"known": {"status": ["6"]}}})
    [refusal] = judgement.refused
    assert [rule for rule, _ in refusal.broken] == ["status is known"]


def test_what_is_told_are_files_rules_and_numbers_but_no_values(tmp_path: Path) -> None:
    pend(tmp_path, "a.csv", line("1", 1, price="-4711"), line("2", 2))
    statement = pend(tmp_path, "b.csv", line("1", 1, price="-4711"), line("2", 2))
    pend(tmp_path, "c.csv", line("1", 1) | {"status": "Geheim"})
    warned = ask(tmp_path, PRICED | {"warn": {"known": {"status": ["5"]}}})
    assert (
        f"b.csv ({FEED}): 1 of 2 rows quarantined; quarantine/{FEED}/{statement}.door.parquet says why."
        in (warned.warnings)
    )
    assert f"c.csv ({FEED}): status is known: 1 rows (1)." in warned.warnings
    assert any(
        said.startswith(f"b.csv ({FEED}): price is ") and "1 rows (1)" in said for said in warned.warnings
    )
    assert warned.success
    told = repr(warned)
    assert "4711" not in told
    assert "Geheim" not in told


def test_a_door_made_milder_takes_the_rows_back_in(tmp_path: Path) -> None:
    rows = [line("1", 1, price="-1"), line("2", 2)]
    statement = pend(tmp_path, "a.csv", *rows)
    ask(tmp_path, PRICED)
    pend(tmp_path, "a.csv", *rows)
    assert ask(tmp_path, {"quarantine": {}}).warnings == ()
    assert numbers(let_in(tmp_path, statement)) == [1, 2]
    assert not aside(tmp_path, statement).exists()


def test_a_door_that_comes_to_refuse_leaves_no_rows_aside(tmp_path: Path) -> None:
    rows = [line("1", 1, price="-1"), line("2", 2)]
    statement = pend(tmp_path, "a.csv", *rows)
    ask(tmp_path, PRICED)
    pend(tmp_path, "a.csv", *rows)
    assert len(ask(tmp_path, {"refuse": PRICED["quarantine"]}).refused) == 1
    assert not let_in(tmp_path, statement).exists()
    assert not aside(tmp_path, statement).exists()
