"""What landing leaves pending, the entrance door lets in, whole or in part, or refuses, file by file."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.doors.door import Door, Limit
from orchestration.doors.duck import bounded
from orchestration.doors.entrance import judge
from orchestration.doors.expectations import met
from orchestration.doors.judgement import Judgement
from orchestration.doors.rule import rule_in_sql
from orchestration.doors.rules import rules_of
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.feed import Feed

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 9, tzinfo=UTC)
LIMIT = Limit(percent=1, rows=100, refuses=False)
FEEDS = {feed.name: feed for feed in feeds(None)}
YEN = {"least": 0, "most": 10_000_000, "whole": True}
SECTION = {
    "present": ["order_id", "line_id"],
    "present_where": {"ordered_at": {"status": ["1", "5"]}},
    "unique": ["line_id"],
    "known": {"line_kind": ["1", "2", "4"]},
    "dated": {"ordered_at": {"since": "1990-01-01", "hours_ahead": 24}},
    "number": {"price": YEN | {"least": -10_000_000}, "discount": YEN, "postage": YEN},
    "goods_sum": {
        "total": "subtotal", "group": "order_id", "kind": "line_kind", "goods": "1", "price": "price",
        "tax_rate": "tax_rate", "quantity": "quantity",
    },
}  # fmt: skip
ORDERS = replace(FEEDS["eccube_orders"], door={"refuse": SECTION})
MILD = replace(ORDERS, door={"quarantine": SECTION})
GOOD = {
    "order_id": "1", "mail": "m1@example.com", "subtotal": "1100.00", "total": "1600.00", "status": "5",
    "ordered_at": "2026-01-01 10:00:00", "line_id": "1", "price": "1000.00", "quantity": "1",
    "tax_rate": "10", "line_kind": "1",
}  # fmt: skip
BROKEN = {
    "order_id is present": {"order_id": ""},
    "ordered_at is present where status is 1, 5": {"ordered_at": ""},
    "line_id is unique within a file": {"line_id": "1"},
    "line_kind is known": {"line_kind": "7", "subtotal": "0"},
    "ordered_at is a time from 1990-01-01 to 24 hours after the export": {
        "ordered_at": "2036-01-01 00:00:00"
    },
    "price is a whole number from -10000000 to 10000000": {
        "price": "1e99",
        "line_kind": "2",
        "subtotal": "0",
    },
    "discount is a whole number from 0 to 10000000": {"discount": "1,000"},
    "postage is a whole number from 0 to 10000000": {"postage": "500.5"},
    "subtotal is the sum of the order_id's goods with tax": {"subtotal": "1099.00"},
}


def drop(home: Path, day: int, *rows: dict[str, str]) -> str:
    header = ",".join(column.ways[0].parts[0].removesuffix("__2") for column in ORDERS.columns.values())
    lines = [",".join(f'"{row.get(name, "")}"' for name in ORDERS.columns) for row in rows]
    path = home / "inbox" / ORDERS.name / f"order_202601{day:02}060000.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *lines, ""]), "cp932")
    path.with_name(f"{path.name}.done").touch()
    return path.name


def other(**said: str) -> dict[str, str]:
    return GOOD | {"order_id": "2", "line_id": "2"} | said


def door(feed: Feed) -> Door:
    return Door(feed=feed.name, section=feed.door, zone=feed.zone.key, group="order_id", limit=LIMIT)


def enter(home: Path, feed: Feed = ORDERS, now: datetime = NOW) -> Judgement:
    land(home=home, feed=feed, now=now)
    return judge(home=home, door=door(feed), since=now)


def raw(home: Path) -> list[Path]:
    """What has been let in."""
    return sorted((home / "raw" / ORDERS.name).glob("[0-9a-f]*.parquet"))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A home after one judgement of a good file, an empty one, and one for each broken rule."""

    home: Path
    names: dict[str, str]
    judgement: Judgement


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("home")
    names = {"good": drop(home, 10, GOOD, other()), "empty": drop(home, 11)}
    for day, (rule, change) in enumerate(BROKEN.items(), start=12):
        names[rule] = drop(home, day, GOOD, other(**change))
    return Scene(home=home, names=names, judgement=enter(home))


def test_good_and_empty_files_are_let_in(scene: Scene) -> None:
    assert set(scene.judgement.passed) == {scene.names["good"], scene.names["empty"]}
    tables = [pq.read_table(path) for path in (scene.home / "raw" / ORDERS.name).glob("[0-9a-f]*.parquet")]
    assert sorted(table.num_rows for table in tables) == [0, 2]
    assert not list((scene.home / "raw" / ORDERS.name / ".pending").iterdir())


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_refuses_its_file_alone_and_names_the_row(scene: Scene, rule: str) -> None:
    [refusal] = [one for one in scene.judgement.refused if one.file == scene.names[rule]]
    rows = {words: failing.rows for words, failing in refusal.broken}
    assert rows[rule] in ((2,), (1, 2), (1,))
    files = scene.home / "quarantine" / ORDERS.name / "files"
    kept = json.loads((files / f"{refusal.sha256}.json").read_text("utf-8"))
    assert {one["rule"] for one in kept["broken"]} == rows.keys()
    assert pq.read_table(files / f"{refusal.sha256}.parquet").num_rows == 2
    assert not (scene.home / "raw" / ORDERS.name / f"{refusal.sha256}.parquet").exists()


def test_refusals_tell_rules_and_row_numbers_but_no_value(scene: Scene) -> None:
    kept = (scene.home / "quarantine" / ORDERS.name / "files").glob("*.json")
    told = "".join(
        [one.message for one in scene.judgement.refused] + [path.read_text("utf-8") for path in kept]
    )
    assert "line_kind is known: 1 rows (2)" in told
    for value in ("m1@example.com", "2036-01-01", "1e99", "1099"):
        assert value not in told


def test_great_expectations_and_the_list_of_rows_agree(scene: Scene) -> None:
    failed = {outcome.rule for outcome in scene.judgement.outcomes if not outcome.success}
    assert failed >= BROKEN.keys()
    assert all(bool(one.failing) != one.success for one in scene.judgement.outcomes)
    assert all(failing.count for one in scene.judgement.outcomes for failing in one.failing)
    assert sum(file.rows for file in scene.judgement.files) == 2 + 2 * len(BROKEN)
    assert scene.judgement.newest_refused == list(scene.names.values())[-1]
    assert not scene.judgement.success


def test_the_door_stays_shut_until_something_newer_than_a_refused_file_comes(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD)
    refused = drop(tmp_path, 12, other(order_id=""))
    assert not enter(tmp_path).success
    drop(tmp_path, 11, GOOD, other())
    again = enter(tmp_path)
    assert (len(again.passed), again.refused, again.success) == (1, (), False)
    assert f"{refused} (eccube_orders): lies refused" in again.message
    drop(tmp_path, 13, GOOD, other(status="6"))
    assert enter(tmp_path).success


def test_a_restatement_of_a_refused_file_is_refused_and_of_a_good_one_let_in(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD)
    drop(tmp_path, 11, GOOD)
    assert (len(enter(tmp_path).passed), len(raw(tmp_path))) == (2, 2)
    drop(tmp_path, 12, other(order_id=""))
    assert not enter(tmp_path).success
    again = drop(tmp_path, 13, other(order_id=""))
    judgement = enter(tmp_path, now=NOW + timedelta(days=1))
    assert ([one.file for one in judgement.alarming], judgement.newest_refused) == ([again], again)
    drop(tmp_path, 14, GOOD)
    assert enter(tmp_path).success
    assert sorted(path.stem[64:] for path in raw(tmp_path)) == ["", "-2", "-3"]


def test_after_a_restore_an_outlived_refusal_does_not_shut_the_door(tmp_path: Path) -> None:
    refused = drop(tmp_path, 10, other(order_id=""))
    drop(tmp_path, 11, GOOD)
    assert not enter(tmp_path).success
    shutil.rmtree(tmp_path / "raw")
    shutil.rmtree(tmp_path / "quarantine")
    judgement = enter(tmp_path, now=NOW + timedelta(days=1))
    assert [one.file for one in judgement.refused] == [refused]
    assert (judgement.alarming, judgement.success) == ((), True)
    assert refused in judgement.message


def test_a_tightened_door_judges_what_it_had_let_in_and_comes_to_what_a_rebuild_comes_to(
    tmp_path: Path,
) -> None:
    drop(tmp_path, 10, GOOD, other(status="9"))
    drop(tmp_path, 11, GOOD)
    assert (enter(tmp_path).success, len(raw(tmp_path))) == (True, 2)
    strict = replace(ORDERS, door={"refuse": {"known": {"status": ["5"]}}})
    assert len(enter(tmp_path, strict, NOW + timedelta(days=1)).refused) == 1
    kept = {path.name: path.read_bytes() for path in raw(tmp_path)}
    shutil.rmtree(tmp_path / "raw")
    enter(tmp_path, strict, NOW + timedelta(days=2))
    assert {path.name: path.read_bytes() for path in raw(tmp_path)} == kept
    assert len(kept) == 1


def test_a_refused_file_is_not_judged_again_and_a_corrected_export_comes_in(scene: Scene) -> None:
    name = drop(scene.home, 28, GOOD, other(status="6"))
    judgement = enter(scene.home)
    assert (judgement.passed, judgement.refused, judgement.success) == ((name,), (), True)


def test_nothing_to_judge_passes_without_asking(tmp_path: Path) -> None:
    drop(tmp_path, 10)
    land(home=tmp_path, feed=ORDERS, now=NOW)
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from orchestration.doors.entrance import judge; now = datetime.now(UTC);"
        "from orchestration.doors.door import Door, Limit;"
        "section = {'refuse': {'present': ['mail']}}; limit = Limit(percent=1, rows=100, refuses=False);"
        "door = Door(feed='eccube_orders', section=section, zone='Asia/Tokyo', group=None, limit=limit);"
        "done = judge(home=Path(sys.argv[1]), door=door, since=now);"
        "print(done.success, len(done.passed), 'great_expectations' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "1", "False"]


def test_a_kill_between_the_refusal_and_the_move_is_completed(scene: Scene) -> None:
    refusal = scene.judgement.refused[0]
    files = scene.home / "quarantine" / ORDERS.name / "files"
    before = (files / f"{refusal.sha256}.json").read_bytes()
    rows = files / f"{refusal.sha256}.parquet"
    rows.rename(scene.home / "raw" / ORDERS.name / ".pending" / rows.name)
    assert enter(scene.home).refused == (refusal,)
    assert (files / f"{refusal.sha256}.json").read_bytes() == before
    assert rows.exists()


def test_a_changed_door_judges_every_file_anew(scene: Scene) -> None:
    let_in = len(raw(scene.home))
    judgement = enter(scene.home, replace(ORDERS, door={"refuse": {"present": ["mail"]}}))
    assert (len(judgement.passed), judgement.refused) == (let_in + len(BROKEN), ())
    assert judgement.success


def test_a_rule_for_a_column_that_is_not_there_says_so(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD)
    land(home=tmp_path, feed=ORDERS, now=NOW)
    odd = replace(ORDERS, door={"warn": {"present": ["nobody"]}})
    with pytest.raises(ValueError, match=r"eccube_orders\.yaml: door: found nobody, expected columns"):
        judge(home=tmp_path, door=door(odd), since=NOW)


def test_braces_in_a_code_are_braces(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(order_id=""))
    section = {"warn": {"present_where": {"order_id": {"status": ["{", "{batch", "{let_in}", "5"]}}}}
    [outcome] = enter(tmp_path, replace(ORDERS, door=section)).outcomes
    assert [failing.rows for failing in outcome.failing] == [(2,)]


def test_great_expectations_too_sees_no_key_in_a_blank(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(line_id=""), other(line_id=""), other(order_id=""))
    judgement = enter(tmp_path, replace(ORDERS, door={"refuse": {"unique": ["order_id", "line_id"]}}))
    assert [(one.success, one.failing) for one in judgement.outcomes] == [(True, ())]


def test_what_does_not_fit_into_memory_is_spilled_into_the_home(tmp_path: Path) -> None:
    folder = Path(bounded(tmp_path, "rows")["temp_directory"])
    assert folder.parent == tmp_path / "raw"  # which is private and there: DuckDB makes one folder, not two


def test_a_warning_lets_the_file_in(tmp_path: Path) -> None:
    name = drop(tmp_path, 10, GOOD, other(line_kind="7"))
    judgement = enter(tmp_path, replace(ORDERS, door={"warn": {"known": {"line_kind": ["1"]}}}))
    assert (judgement.passed, judgement.success) == ((name,), True)
    assert judgement.warnings == (f"{name} (eccube_orders): line_kind is known: 1 rows (2).",)
    assert [(one.success, one.failing[0].rows) for one in judgement.outcomes] == [(False, (2,))]


@pytest.mark.parametrize("rule", BROKEN)
def test_the_same_rule_may_take_the_order_out_and_let_the_others_in(tmp_path: Path, rule: str) -> None:
    third = GOOD | {"order_id": "3", "line_id": "3"}
    second = other(line_id="1", line_kind="2")
    name = drop(tmp_path, 10, GOOD | {"line_id": "9"}, other(**BROKEN[rule]), second, third)
    judgement = enter(tmp_path, MILD)
    assert (judgement.passed, judgement.success) == ((name,), True)
    [path] = raw(tmp_path)
    aside = pq.read_table(tmp_path / "quarantine" / ORDERS.name / f"{path.stem}.door.parquet")
    taken = set(aside["_row_number"].to_pylist())
    assert {1, 4}.isdisjoint(taken)
    assert 2 in taken
    assert sorted([*taken, *pq.read_table(path)["_row_number"].to_pylist()]) == [1, 2, 3, 4]
    assert rule in aside["_reason"].to_pylist()[0]


def test_an_order_of_which_rows_lie_aside_is_whole_again_with_the_next_export(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(price="x"))
    assert enter(tmp_path, MILD).warnings
    drop(tmp_path, 11, GOOD, other())
    judgement = enter(tmp_path, MILD)
    assert (judgement.warnings, judgement.success) == ((), True)
    assert sorted(pq.read_metadata(path).num_rows for path in raw(tmp_path)) == [1, 2]


def test_a_rebuild_comes_to_the_same_bytes_inside_and_aside(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(price="x"))
    enter(tmp_path, MILD)
    quarantine = tmp_path / "quarantine" / ORDERS.name
    kept = {path.name: path.read_bytes() for path in [*raw(tmp_path), *quarantine.glob("*.door.parquet")]}
    shutil.rmtree(tmp_path / "raw")
    enter(tmp_path, MILD, NOW + timedelta(days=1))
    again = {path.name: path.read_bytes() for path in [*raw(tmp_path), *quarantine.glob("*.door.parquet")]}
    assert (again == kept, len(kept)) == (True, 2)


def test_what_is_let_in_without_some_rows_is_not_read_again(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(price="x"))
    enter(tmp_path, MILD)
    before = {path: path.stat().st_mtime_ns for path in raw(tmp_path)}
    judgement = enter(tmp_path, MILD)
    assert (judgement.files, judgement.outcomes) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in raw(tmp_path)} == before


@pytest.mark.parametrize("name", FEEDS)
def test_every_shipped_door_is_understood_and_reads_columns_that_its_feed_has(name: str) -> None:
    feed = FEEDS[name]
    group = "order_id" if feed.kind == "orders" else None
    rules = rules_of(Door(feed=name, section=feed.door, zone=feed.zone.key, group=group, limit=LIMIT))
    assert rules
    assert {column for rule in rules for column in rule.columns} <= {*feed.columns, *feed.constants}


def test_a_question_that_cannot_be_asked_is_no_answer(tmp_path: Path) -> None:
    rule = rule_in_sql("nobody is there", columns=("a",), unexpected="select nobody from {batch}")
    with pytest.raises(RuntimeError, match=r"nobody is there: could not be evaluated"):
        met("select 1 as a", [rule], home=tmp_path)
