"""When a file was exported: its marker says it, else its name; and how many rows may be lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from landing_feeds import NOW, drop, feed, land_one, pending, quarantined

from orchestration.landing.keeping.notes import marked_time
from orchestration.landing.land import land
from orchestration.landing.mapping.terms import Threshold
from orchestration.landing.results import Fault, Parsed

NOTICES = feed("notices")
HEADER = "member_id,mail,brand_id,state,changed_at\n"
ROW = "1,m@example.com,main,granted,2026-01-01\n"
CONTENT = (HEADER + ROW).encode()
BARE, TIMED = "notices.csv", "notices_20260105060000.csv"
EARLY, LATE = "2026-01-05T06:00:00+09:00", "2026-01-06T06:00:00+09:00"


def exported(home: Path) -> list[datetime]:
    return sorted({row["_exported_at"].replace(tzinfo=UTC) for row in pending(home, NOTICES)})


@pytest.mark.parametrize(
    "text", [EARLY, f"{EARLY}\n", "2026-01-04T21:00:00Z", "2026-01-04 21:00:00+00:00", f"\ufeff{EARLY}"]
)
@pytest.mark.parametrize("name", [BARE, "notices_20251231000000.csv", "whatever.txt"])
def test_what_the_marker_says_goes_before_the_name(tmp_path: Path, name: str, text: str) -> None:
    assert isinstance(land_one(tmp_path, NOTICES, name, CONTENT, marker=text), Parsed)
    assert exported(tmp_path) == [datetime(2026, 1, 4, 21, tzinfo=UTC)]


@pytest.mark.parametrize(
    "text", ["done", "2026-01-05", "2026-01-05T06:00:00", "2026-13-01T00:00:00Z", "1767560400"]
)
def test_a_marker_that_says_no_time_with_its_zone_refuses_the_file(tmp_path: Path, text: str) -> None:
    fault = land_one(tmp_path, NOTICES, TIMED, CONTENT, marker=text)
    assert isinstance(fault, Fault)
    assert fault.found == f"a marker {TIMED}.done whose text is no time"
    assert fault.expected == "ISO 8601 with an offset, such as 2026-01-05T06:00:00+09:00, or an empty marker"
    assert text not in f"{fault.found} {fault.remedy}".split()
    assert isinstance(land_one(tmp_path, NOTICES, TIMED, CONTENT), Parsed)


def test_a_file_whose_name_and_marker_tell_nothing_is_refused_with_advice(tmp_path: Path) -> None:
    fault = land_one(tmp_path, NOTICES, BARE, CONTENT)
    assert isinstance(fault, Fault)
    assert "write the time into its marker" in fault.remedy
    assert f"{NOTICES.file_name.pattern}, such as notices_20260105060000.csv, its time as" in fault.expected
    assert isinstance(land_one(tmp_path, NOTICES, BARE, CONTENT, marker=EARLY), Parsed)


def test_the_same_bytes_with_another_time_are_stated_again(tmp_path: Path) -> None:
    land_one(tmp_path, NOTICES, BARE, CONTENT, marker=EARLY)
    land_one(tmp_path, NOTICES, BARE, CONTENT, marker=LATE)
    drop(tmp_path, NOTICES, BARE, CONTENT, marker=LATE)
    assert land(home=tmp_path, feed=NOTICES, now=NOW).duplicates == (BARE,)
    assert len(exported(tmp_path)) == 2


@pytest.mark.parametrize("name", [BARE, TIMED])
def test_a_file_that_lost_its_marker_after_landing_says_nothing_new(tmp_path: Path, name: str) -> None:
    land_one(tmp_path, NOTICES, name, CONTENT, marker=LATE)
    path = drop(tmp_path, NOTICES, name, CONTENT)
    path.with_name(f"{name}.done").unlink()
    seen = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    done = land(home=tmp_path, feed=NOTICES, now=seen + timedelta(minutes=2))
    assert (done.duplicates, done.parsed) == ((name,), ())
    assert len(exported(tmp_path)) == 1


@given(moment=st.datetimes(timezones=st.timezones()))
def test_a_time_is_read_as_it_was_meant(moment: datetime) -> None:
    if moment.utcoffset() == timedelta(seconds=round(moment.utcoffset().total_seconds())):  # type: ignore[union-attr]
        assert marked_time(moment.isoformat()) == moment.astimezone(UTC)


def rows(good: int, bad: int) -> bytes:
    return (HEADER + ROW * good + "short\n" * bad).encode()


@pytest.mark.parametrize(("good", "bad"), [(99, 1), (20_000, 100)])
def test_a_few_lost_rows_are_only_set_aside(tmp_path: Path, good: int, bad: int) -> None:
    strict = replace(NOTICES, threshold=Threshold(percent=1, rows=100, then="refuse"))
    parsed = land_one(tmp_path, strict, TIMED, rows(good, bad))
    assert isinstance(parsed, Parsed)
    assert (parsed.landed, parsed.quarantined, parsed.warnings) == (good, bad, ())
    assert len(quarantined(tmp_path, strict)) == bad


@pytest.mark.parametrize(("good", "bad"), [(98, 1), (20_000, 101), (0, 1)])
def test_more_lost_rows_than_allowed_warn_or_refuse(tmp_path: Path, good: int, bad: int) -> None:
    parsed = land_one(tmp_path / "warn", NOTICES, TIMED, rows(good, bad))
    assert isinstance(parsed, Parsed)
    assert (parsed.landed, parsed.quarantined) == (good, bad)
    assert f"{bad} of {good + bad} rows that cannot be read" in parsed.warnings[0]
    strict = replace(NOTICES, threshold=Threshold(percent=1, rows=100, then="refuse"))
    assert isinstance(land_one(tmp_path / "refuse", strict, TIMED, rows(good, bad)), Fault)
    assert quarantined(tmp_path / "refuse", strict) == []


def test_a_refusal_for_lost_rows_names_rows_and_reasons(tmp_path: Path) -> None:
    strict = replace(NOTICES, threshold=Threshold(percent=0, rows=0, then="refuse"))
    fault = land_one(tmp_path, strict, TIMED, rows(1, 12))
    assert isinstance(fault, Fault)
    assert fault.found.startswith(
        "12 of 13 rows that cannot be read (row 2: 1 cells where the header has 5; row 3:"
    )
    assert fault.found.endswith("row 11: 1 cells where the header has 5; …)")


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n,,,,\n"])
def test_a_file_without_rows_lands_and_warns(tmp_path: Path, content: str) -> None:
    drop(tmp_path, NOTICES, TIMED, content.encode())
    done = land(home=tmp_path, feed=NOTICES, now=NOW)
    assert done.refused == ()
    assert done.warnings == (f"{TIMED} (notices): no rows; nothing is deleted for that",)
