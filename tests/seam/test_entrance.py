"""What landing leaves pending, the entrance door lets in or refuses, file by file."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.doors.entrance import judge
from orchestration.doors.expectations import met
from orchestration.doors.results import Judgement
from orchestration.doors.rule import rule_in_sql
from orchestration.landing.catalogue import feeds
from orchestration.landing.feed import Feed
from orchestration.landing.land import land

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 9, tzinfo=UTC)
[ORDERS] = [feed for feed in feeds(None) if feed.name == "eccube_orders"]
GOOD = {
    "order_id": "1", "mail": "m1@example.com", "subtotal": "1100.00", "total": "1600.00", "status_id": "5",
    "ordered_at": "2026-01-01 10:00:00", "line_id": "1", "price": "1000.00", "quantity": "1",
    "tax_rate": "10", "line_kind_id": "1",
}  # fmt: skip
BROKEN = {
    "order_id is present": {"order_id": ""},
    "ordered_at is present where status_id is 1, 3, 4, 5, 6, 9": {"ordered_at": ""},
    "line_id is unique within a file": {"line_id": "1"},
    "status_id is known": {"status_id": "2"},
    "ordered_at is a time from 1990-01-01 to 24 hours after the export": {
        "ordered_at": "2036-01-01 00:00:00"
    },
    "price is a whole number from -10000000 to 10000000": {
        "price": "1e99",
        "line_kind_id": "2",
        "subtotal": "0",
    },
    "discount is a whole number from -100000000 to 100000000": {"discount": "1,000"},
    "postage is a whole number from 0 to 10000000": {"postage": "500.5"},
    "subtotal is the sum of the order_id's goods with tax": {"subtotal": "1099.00"},
}


def drop(home: Path, day: int, *rows: dict[str, str]) -> str:
    header = ",".join(names[0].removesuffix("__2") for names in ORDERS.columns.values())
    lines = [",".join(f'"{row.get(name, "")}"' for name in ORDERS.columns) for row in rows]
    path = home / "inbox" / ORDERS.name / f"order_202601{day:02}060000.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *lines, ""]), "cp932")
    path.with_name(f"{path.name}.done").touch()
    return path.name


def other(**said: str) -> dict[str, str]:
    return GOOD | {"order_id": "2", "line_id": "2"} | said


def enter(home: Path, feed: Feed = ORDERS, now: datetime = NOW) -> Judgement:
    land(home=home, feed=feed, now=now)
    return judge(home=home, feed_name=feed.name, door=feed.door, since=now)


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
    assert "status_id is known: 1 rows (2)" in told
    for value in ("m1@example.com", "2036-01-01", "1e99", "1099"):
        assert value not in told


def test_great_expectations_and_the_list_of_rows_agree(scene: Scene) -> None:
    failed = {outcome.rule for outcome in scene.judgement.outcomes if not outcome.success}
    assert failed >= BROKEN.keys()
    assert all(bool(one.failing) != one.success for one in scene.judgement.outcomes)
    assert all(failing.count for one in scene.judgement.outcomes for failing in one.failing)
    assert scene.judgement.rows == 2 + 2 * len(BROKEN)
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
    drop(tmp_path, 13, GOOD, other(status_id="6"))
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
    drop(tmp_path, 10, GOOD, other(status_id="9"))
    drop(tmp_path, 11, GOOD)
    assert (enter(tmp_path).success, len(raw(tmp_path))) == (True, 2)
    strict = replace(ORDERS, door={"refuse": {"known": {"status_id": ["5"]}}})
    assert len(enter(tmp_path, strict, NOW + timedelta(days=1)).refused) == 1
    kept = {path.name: path.read_bytes() for path in raw(tmp_path)}
    shutil.rmtree(tmp_path / "raw")
    enter(tmp_path, strict, NOW + timedelta(days=2))
    assert {path.name: path.read_bytes() for path in raw(tmp_path)} == kept
    assert len(kept) == 1


def test_a_refused_file_is_not_judged_again_and_a_corrected_export_comes_in(scene: Scene) -> None:
    name = drop(scene.home, 28, GOOD, other(status_id="6"))
    judgement = enter(scene.home)
    assert (judgement.passed, judgement.refused, judgement.success) == ((name,), (), True)


def test_nothing_to_judge_passes_without_asking(tmp_path: Path) -> None:
    drop(tmp_path, 10)
    land(home=tmp_path, feed=ORDERS, now=NOW)
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from orchestration.doors.entrance import judge; now = datetime.now(UTC);"
        "door = {'refuse': {'present': ['mail']}};"
        "done = judge(home=Path(sys.argv[1]), feed_name='eccube_orders', door=door, since=now);"
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
    with pytest.raises(ValueError, match="no column nobody"):
        judge(home=tmp_path, feed_name=ORDERS.name, door={"warn": {"present": ["nobody"]}}, since=NOW)


def test_braces_in_a_code_are_braces(tmp_path: Path) -> None:
    drop(tmp_path, 10, GOOD, other(order_id=""))
    land(home=tmp_path, feed=ORDERS, now=NOW)
    door = {"warn": {"present_where": {"order_id": {"status_id": ["{", "{batch", "5"]}}}}
    [outcome] = judge(home=tmp_path, feed_name=ORDERS.name, door=door, since=NOW).outcomes
    assert [failing.rows for failing in outcome.failing] == [(2,)]


def test_a_warning_lets_the_file_in(tmp_path: Path) -> None:
    name = drop(tmp_path, 10, GOOD, other(status_id="2"))
    land(home=tmp_path, feed=ORDERS, now=NOW)
    judgement = judge(
        home=tmp_path, feed_name=ORDERS.name, door={"warn": {"known": {"status_id": ["5"]}}}, since=NOW
    )
    assert (judgement.passed, judgement.success) == ((name,), True)
    assert [(one.success, one.failing[0].rows) for one in judgement.outcomes] == [(False, (2,))]


def test_a_question_that_cannot_be_asked_is_no_answer() -> None:
    rule = rule_in_sql("nobody is there", columns=("a",), unexpected="select nobody from {batch}")
    with pytest.raises(RuntimeError, match=r"nobody is there: could not be evaluated"):
        met("select 1 as a", [rule])
