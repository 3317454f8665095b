"""Files go from the inbox to the entrance door, whole or with every refused row explained."""

import itertools
import json
import os
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_feeds import FOLDER, feed
from typer.testing import CliRunner

from orchestration.home import hold
from orchestration.landing.__main__ import app
from orchestration.landing.land import land
from orchestration.landing.mapping.column import Way
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Landed

NOW = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
MEMBERS = feed("members")
COMMAND = ["--shop", str(FOLDER.parent)]
NAME, NEXT = "customer_20260105060000.csv", "customer_20260106060000.csv"
JAPANESE = [str(column.ways[0].parts[0]) for column in MEMBERS.columns.values()]
ORIGIN = ["_feed", "_file_sha256", "_file_name", "_row_number", "_exported_at", "_landed_at"]
ENGLISH = [str(column.ways[1].parts[0]) for column in MEMBERS.columns.values()]


def member(number: int, **said: str) -> dict[str, str]:
    """Cells of one member by canonical name; unsaid ones are blank."""
    known = {"member_id": str(number), "mail": f"m{number}@example.com", "member_status": "2"}
    return dict.fromkeys(MEMBERS.columns, "") | known | {"registered_at": "2026-01-01"} | said


def csv_of(*members: dict[str, str], header: list[str] = JAPANESE) -> str:
    return "".join(",".join(row) + "\n" for row in [header, *(list(one.values()) for one in members)])


def drop(home: Path, text: str | bytes, name: str = NAME, feed: Feed = MEMBERS) -> Path:
    path = home / "inbox" / feed.name / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("cp932") if isinstance(text, str) else text)
    path.with_name(f"{name}.done").touch()
    return path


def landed(home: Path, now: datetime = NOW, feed: Feed = MEMBERS) -> Landed:
    return land(home=home, feed=feed, now=now)


def pending(home: Path, feed: Feed = MEMBERS) -> pa.Table:
    [path] = waiting(home, feed)
    return pq.read_table(path)


def waiting(home: Path, feed: Feed = MEMBERS) -> list[Path]:
    return sorted((home / "raw" / feed.name / ".pending").iterdir())


def stated(home: Path) -> list[tuple[object, ...]]:
    """Origins of all rows that wait."""
    tables = [pq.read_table(path, columns=ORIGIN) for path in waiting(home)]
    return sorted(tuple(row.values()) for row in pa.concat_tables(tables).to_pylist())


def restored(home: Path) -> None:
    """Lose everything that can be made anew from landing."""
    for room in ("raw", "quarantine"):
        shutil.rmtree(home / room)


def test_a_file_lands_with_its_values_and_its_origin(tmp_path: Path) -> None:
    path = drop(tmp_path, csv_of(member(7, family_name="髙橋"), member(8)))
    done = landed(tmp_path)
    table = pending(tmp_path)
    first = table.to_pylist()[0]
    [parsed] = done.parsed
    assert (parsed.encoding, parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (
        "cp932",
        2,
        2,
        0,
        0,
    )
    assert table.column_names == [
        *MEMBERS.columns, "extra", "shop_id", "brand_id", *ORIGIN,
    ]  # fmt: skip
    assert (first["member_id"], first["family_name"], first["company"], first["extra"]) == (
        "7",
        "髙橋",
        "",
        "{}",
    )
    assert (first["shop_id"], first["brand_id"]) == ("eccube", "main")
    assert (first["_file_name"], first["_row_number"]) == (NAME, 1)
    assert first["_exported_at"] == datetime(2026, 1, 4, 21)  # noqa: DTZ001  # UTC without a zone, as agreed
    assert first["_landed_at"] == NOW.replace(tzinfo=None)
    assert not path.exists()
    assert not path.with_name(f"{NAME}.done").exists()


def test_the_bytes_are_kept_and_everything_is_private_whatever_the_umask(tmp_path: Path) -> None:
    text = csv_of(member(1))
    drop(tmp_path, text + "broken\n")
    before = os.umask(0)
    try:
        landed(tmp_path)
    finally:
        os.umask(before)
    [sha256] = [path for path in (tmp_path / "landing" / MEMBERS.name).iterdir() if not path.suffix]
    assert sha256.read_bytes() == (text + "broken\n").encode("cp932")
    modes = {
        path: path.stat().st_mode & 0o777
        for room in ("landing", "raw", "quarantine")
        for path in (tmp_path / room).rglob("*")
    }
    assert modes.pop(sha256) == 0o400
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_columns_are_found_by_name_in_any_order_and_unknown_ones_are_kept(tmp_path: Path) -> None:
    cells = member(1, family_name="姓", given_name="名")
    order = random.Random(5).sample(range(27), 27)  # noqa: S311  # any order will do
    header = [JAPANESE[at] for at in order] + ["好きな色", "好きな色"]
    row = [list(cells.values())[at] for at in order] + ["青", "赤"]
    drop(tmp_path, ",".join(header) + "\n" + ",".join(row) + "\n")
    [parsed] = landed(tmp_path).parsed
    [read] = pending(tmp_path).to_pylist()
    assert {name: read[name] for name in MEMBERS.columns} == cells
    assert json.loads(read["extra"]) == {"好きな色": "青", "好きな色__2": "赤"}
    assert parsed.unmapped == ("好きな色", "好きな色__2")


def test_english_headers_and_utf_8_mean_the_same(tmp_path: Path) -> None:
    drop(tmp_path, b"\xef\xbb\xbf" + csv_of(member(1, family_name="𠮷田"), header=ENGLISH).encode())
    [parsed] = landed(tmp_path).parsed
    assert parsed.encoding == "utf-8"
    assert pending(tmp_path)["family_name"].to_pylist() == ["𠮷田"]


@pytest.mark.parametrize("locale", [0, 1])
def test_second_columns_of_one_name_are_told_apart(tmp_path: Path, locale: int) -> None:
    orders = feed("lines")
    parts = {name: column.ways[locale].parts for name, column in orders.columns.items() if name != "phone"}
    header = [str(part).removesuffix("__2") for found in parts.values() for part in found]
    row = [f"{name} {at}" for name, found in parts.items() for at in range(len(found))]
    drop(tmp_path, f"{','.join(header)}\n{','.join(row)}\n", "order_20260105060000.csv", orders)
    landed(tmp_path, feed=orders)
    [read] = pending(tmp_path, orders).to_pylist()
    assert len(header) == 10
    assert {name: read[name] for name in parts} == {
        name: " ".join(f"{name} {at}" for at in range(len(found))) for name, found in parts.items()
    }


def test_of_two_headers_for_one_column_the_first_is_read_and_the_other_kept(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1, points="7"), header=[*JAPANESE[:-1], "Customer ID"]))
    landed(tmp_path)
    [read] = pending(tmp_path).to_pylist()
    assert (read["member_id"], json.loads(read["extra"])) == ("1", {"Customer ID": "7"})


def test_a_missing_optional_column_is_null(tmp_path: Path) -> None:
    drop(tmp_path, "会員ID,メールアドレス,会員ステータス(ID),登録日\n1,m@example.com,2,2026-01-01\n")
    landed(tmp_path)
    [read] = pending(tmp_path).to_pylist()
    assert (read["member_id"], read["points"]) == ("1", None)


def test_rows_that_cannot_be_read_are_set_aside_with_reason_number_and_text(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)) + "2,short\n\n,,\n" + csv_of(member(3)).split("\n")[1] + "\n")
    [parsed] = landed(tmp_path).parsed
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (5, 2, 1, 2)
    assert pending(tmp_path)["_row_number"].to_pylist() == [1, 5]
    [path] = (tmp_path / "quarantine" / MEMBERS.name).glob("*.parquet")
    [refused] = pq.read_table(path).to_pylist()
    assert (refused["_row_number"], refused["text"], refused["_file_name"]) == (2, "2,short\n", NAME)
    assert refused["reason"] == "2 cells where the header has 27"


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.sampled_from(["row", "short", "blank", "quote"]), max_size=30))
def test_no_row_goes_missing(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    home = tmp_path_factory.mktemp("home")
    row = csv_of(member(1)).split("\n")[1]
    lines = {"row": row, "short": "a,b", "blank": "", "quote": f'"x"y","z{row}'}
    drop(home, csv_of() + "".join(f"{lines[kind]}\n" for kind in rows))
    done = landed(home)
    counts = [(one.physical, one.landed, one.blank) for one in done.parsed]
    assert counts == [(len(rows), rows.count("row"), rows.count("blank"))]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (csv_of(member(1)).encode("cp932")[:-1], "a last row without a line end"),
        (csv_of(member(1)).encode("cp932")[:-9], "a last row without a line end"),
        (csv_of(member(1, company='"open')).encode("cp932"), "a quoted value that never ends"),
        (csv_of(member(1)).replace("会員ID", "会員ID\0").encode("cp932"), "U+0000 in cp932 text"),
        (csv_of(member(1, company="\0\x7f")).encode("cp932"), "U+007F in cp932 text"),
        (csv_of(member(1)).encode("cp932") + b"\xfd\n", "U+F8F1 in cp932 text"),
        (
            b"SECRET,TOO\n1,2\n",
            "0 known columns among 2, without 会員ID, メールアドレス, 会員ステータス(ID), 登録日",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(tmp_path: Path, content: bytes, found: str) -> None:
    path = drop(tmp_path, content)
    done = landed(tmp_path)
    [refusal] = done.refused
    assert refusal.fault.found == found
    assert refusal.message.startswith(f"{NAME} (members): found ")
    assert "SECRET" not in refusal.message
    assert (done.files, done.parsed, path.exists()) == ((NAME,), (), False)
    kept = json.loads(
        (tmp_path / "quarantine" / MEMBERS.name / "files" / f"{refusal.sha256}.json").read_text()
    )
    assert (kept["file"], kept["found"]) == (NAME, found)
    assert (tmp_path / "landing" / MEMBERS.name / refusal.sha256).read_bytes() == content
    assert landed(tmp_path).refused == ()


def test_a_file_of_another_name_is_refused_but_leaves_the_inbox(tmp_path: Path) -> None:
    path = drop(tmp_path, csv_of(member(1)), name="members.csv")
    [refusal] = landed(tmp_path).refused
    assert refusal.fault.found == "a name that does not tell when the file was exported"
    assert not path.exists()


def test_a_misnamed_file_lands_when_it_comes_again_under_its_own_name(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)), name="members.csv")
    landed(tmp_path)
    drop(tmp_path, csv_of(member(1)))
    done = landed(tmp_path)
    assert (done.files, [one.landed for one in done.parsed], done.refused) == ((NAME,), [1], ())
    assert pending(tmp_path)["_file_name"].to_pylist() == [NAME]


def test_a_file_cut_anywhere_is_refused_or_reads_as_far_as_it_goes(tmp_path: Path) -> None:
    header = "会員ID,メールアドレス,会員ステータス(ID),登録日,会社名\n"
    content = (header + '1,m@example.com,2,2026-01-01,"表,\n裏"\n2,n@example.com,2,2026-01-01,\n').encode(
        "cp932"
    )
    whole_rows = {len(header.encode("cp932")): 0, content.index(b"2,n@"): 1, len(content): 2}
    for cut in range(len(content) + 1):
        home = tmp_path / str(cut)
        drop(home, content[:cut])
        done = landed(home)
        assert (
            [one.landed for one in done.parsed] == [whole_rows[cut]] if cut in whole_rows else done.refused
        ), cut


def test_a_header_alone_lands_as_no_row(tmp_path: Path) -> None:
    drop(tmp_path, csv_of())
    [parsed] = landed(tmp_path).parsed
    assert (parsed.physical, pending(tmp_path).num_rows) == (0, 0)


def test_the_very_same_file_again_adds_nothing(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    path = drop(tmp_path, csv_of(member(1)))
    done = landed(tmp_path, NOW + timedelta(days=1))
    assert (done.files, done.restated, done.duplicates, done.parsed) == ((), (), (NAME,), ())
    assert not path.exists()
    assert pending(tmp_path)["_landed_at"].to_pylist() == [NOW.replace(tzinfo=None)]


def test_known_bytes_under_a_name_that_tells_no_time_add_nothing(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    drop(tmp_path, csv_of(member(1)), "members.csv")
    done = landed(tmp_path)
    assert (done.files, done.duplicates, done.refused) == ((), ("members.csv",), ())


def test_the_same_bytes_exported_again_are_stated_again(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1), member(2)))
    landed(tmp_path)
    drop(tmp_path, csv_of(member(1), member(2)), NEXT)
    done = landed(tmp_path, NOW + timedelta(days=1))
    assert (done.files, done.restated, [one.landed for one in done.parsed]) == ((NEXT,), (NEXT,), [2])
    [sha256] = (tmp_path / "landing" / MEMBERS.name).glob("*[!.json]")
    assert stated(tmp_path) == [
        (MEMBERS.name, sha256.name, NAME, number, datetime(2026, 1, 4, 21), NOW.replace(tzinfo=None))  # noqa: DTZ001  # UTC
        for number in (1, 2)
    ] + [
        (MEMBERS.name, f"{sha256.name}-2", NEXT, number, datetime(2026, 1, 5, 21), datetime(2026, 1, 6))  # noqa: DTZ001  # UTC
        for number in (1, 2)
    ]


def test_a_state_that_comes_back_is_the_newest_again(tmp_path: Path) -> None:
    days = {NAME: "A", NEXT: "B", "customer_20260107060000.csv": "A"}
    for name, company in days.items():
        drop(tmp_path, csv_of(member(1, company=company)), name)
        landed(tmp_path)
    rows = pa.concat_tables([pq.read_table(path) for path in waiting(tmp_path)]).to_pylist()
    by_time = sorted(rows, key=lambda row: str(row["_exported_at"]))
    assert [row["company"] for row in by_time] == ["A", "B", "A"]


def test_raw_is_the_same_in_whatever_order_the_exports_came_and_when_made_anew(tmp_path: Path) -> None:
    names = [NAME, NEXT, "customer_20260107060000.csv"]
    contents = []
    for number, order in enumerate(itertools.permutations(names)):
        home = tmp_path / str(number)
        for name in order:
            drop(home, csv_of(member(1)), name)
            landed(home)
        contents.append({path.name: path.read_bytes() for path in waiting(home)})
        shutil.rmtree(home / "raw")
        landed(home, NOW + timedelta(days=30))
        contents.append({path.name: path.read_bytes() for path in waiting(home)})
    assert len(contents[0]) == 3
    assert all(content == contents[0] for content in contents)


def test_an_unchanged_day_after_a_refused_one_is_refused_and_alarms_again(tmp_path: Path) -> None:
    drop(tmp_path, "cut off")
    assert len(landed(tmp_path).alarming) == 1
    drop(tmp_path, "cut off", NEXT)
    assert [one.file for one in landed(tmp_path, NOW + timedelta(days=1)).alarming] == [NEXT]


def test_only_what_came_now_or_is_the_newest_alarms(tmp_path: Path) -> None:
    drop(tmp_path, "cut off")
    assert len(landed(tmp_path).alarming) == 1
    restored(tmp_path)
    done = landed(tmp_path, NOW + timedelta(days=1))
    assert (len(done.refused), len(done.alarming)) == (1, 1)
    drop(tmp_path, csv_of(member(1)), NEXT)
    landed(tmp_path, NOW + timedelta(days=1))
    restored(tmp_path)
    done = landed(tmp_path, NOW + timedelta(days=2))
    assert (len(done.refused), len(done.parsed), done.alarming) == (1, 1, ())
    drop(tmp_path, "older and cut off", "customer_20260104060000.csv")
    assert len(landed(tmp_path, NOW + timedelta(days=2)).alarming) == 1


def test_what_else_lies_in_landing_is_left_alone(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    for name in (".DS_Store", "notes", "0" * 63):
        (tmp_path / "landing" / MEMBERS.name / name).touch()
    assert landed(tmp_path).refused == ()


def test_the_command_waits_for_the_home_s_lock_and_names_its_holder(tmp_path: Path) -> None:
    path = drop(tmp_path, csv_of(member(1)))
    arguments = ["land", *COMMAND, "--home", str(tmp_path), "--wait-seconds", "0.1"]
    with hold(tmp_path, wait_seconds=1):
        busy = CliRunner().invoke(app, arguments)
    assert busy.exit_code == 1
    assert f"process {os.getpid()} " in busy.output
    assert path.exists()
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert not path.exists()


def test_the_command_tells_what_was_exported_again(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    drop(tmp_path, csv_of(member(1)), NEXT)
    said = CliRunner().invoke(app, ["land", *COMMAND, "--home", str(tmp_path)]).output
    assert f"restated: {NEXT} ({MEMBERS.name})" in said


def test_without_a_marker_a_file_waits_until_it_has_been_still_for_a_minute(tmp_path: Path) -> None:
    path = drop(tmp_path, csv_of(member(1)))
    path.with_name(f"{NAME}.done").unlink()
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert landed(tmp_path, written + timedelta(seconds=59)).waiting == (NAME,)
    assert landed(tmp_path, written + timedelta(seconds=61)).files == (NAME,)


def test_unfinished_and_hidden_names_links_and_folders_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("x")
    inbox = drop(tmp_path, "x", ".hidden.csv").parent
    drop(tmp_path, "x", "a.csv.tmp")
    drop(tmp_path, "x", "a.csv.part")
    (inbox / "folder.csv").mkdir()
    (inbox / "link.csv").symlink_to(outside)
    done = landed(tmp_path)
    assert (done.files, done.waiting) == ((), ())
    assert (inbox / ".hidden.csv").exists()


def test_raw_deleted_and_landed_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1), member(2)))
    landed(tmp_path)
    [path] = (tmp_path / "raw" / MEMBERS.name / ".pending").iterdir()
    before = path.read_bytes()
    path.unlink()
    [parsed] = landed(tmp_path, NOW + timedelta(days=30)).parsed
    assert (parsed.file, path.read_bytes()) == (NAME, before)


def test_a_file_is_read_again_only_when_its_mapping_or_its_door_has_changed(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    [path] = (tmp_path / "raw" / MEMBERS.name / ".pending").iterdir()
    path.rename(path.parent.parent / path.name)
    assert landed(tmp_path).parsed == ()
    assert len(landed(tmp_path, feed=changed(door={"refuse": {}})).parsed) == 1
    assert len(landed(tmp_path, feed=changed(constants={"shop_id": "second"})).parsed) == 1


def test_a_refused_file_is_read_again_when_its_mapping_has_changed(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1), header=["番号", *JAPANESE[1:]]))
    assert len(landed(tmp_path).refused) == 1
    number = replace(
        MEMBERS.columns["member_id"], ways=(Way(parts=("会員ID",), by=""), Way(parts=("番号",), by=""))
    )
    columns = dict(MEMBERS.columns) | {"member_id": number}
    done = landed(tmp_path, feed=changed(columns=columns))
    assert [one.landed for one in done.parsed] == [1]


def test_what_an_earlier_mapping_let_in_goes_when_the_file_is_refused(tmp_path: Path) -> None:
    drop(tmp_path, csv_of(member(1)))
    landed(tmp_path)
    [path] = (tmp_path / "raw" / MEMBERS.name / ".pending").iterdir()
    admitted = path.rename(path.parent.parent / path.name)
    done = landed(tmp_path, feed=changed(encodings=("utf-8",)))
    assert len(done.refused) == 1
    assert not admitted.exists()


def changed(**said: object) -> Feed:
    return replace(MEMBERS, **said)  # type: ignore[arg-type]  # any field of the feed
