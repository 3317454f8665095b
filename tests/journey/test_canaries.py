"""Canaries in every personal cell, good days and bad ones: outside of the private rooms none is heard."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import duckdb
import every_cell
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from disk_search import words_in
from every_cell import BIRTHDAY, KEY, LEFT, PHONE, SAID, WORD, heard
from feed_files import FEEDS
from inbox import put
from shop import ROOT, Shop
from typer.testing import CliRunner, Result

from orchestration.landing.mapping.catalogue import OURS
from orchestration.landing.mapping.kinds import personal_columns
from orchestration.privacy.__main__ import app

MONDAY = date(2026, 11, 23)
ASKED = ("--spread", "--history", "simulated", "--seed", "4", "--channels", "all")
PRIVATE = ("inbox", "landing", "raw", "quarantine", "candidates", "ledger", "outbox", "demo", "demo_truth")
SHOPS_OWN = ("inbox", "demo", "demo_truth", "my-shop")  # what it writes itself
STAMP = "{:%Y%m%d}{:02}0000"
REFUSED_FEEDS = {
    "eccube_orders": "order_{}.csv", "rakuten_orders": "rakuten_{}.csv", "yahoo_orders": "order_{}.csv",
    "consents": "consents_{}.csv", "amazon_orders": "all_orders_{}.txt",
    "sendgrid_events": "events_{}.ndjson", "points": "points_{}.csv",
}  # fmt: skip
REFUSED = (
    "eccube_orders): found 0 known columns", "rakuten_orders): found U+F8F3", "a last line that breaks off",
    "a last row without a line end", "REFUSED landing/consents", "points): found 0 known columns",
    "amazon_orders): found", "landing/eccube_customers: 1 files",
)  # fmt: skip
NOT_EXPORTED = {"full_name", "full_kana"}  # by none of the demo's shops
BROKEN = (
    "balance is no whole number: x",
    "valid_from is no time: 0000-00-00 00:00:00",
    "result is a text of",
)
POINTS = f"shop_id,brand_id,member_id,balance,expires_on\neccube,main,5,{WORD} pt,2027-01-01\n"
ATTRIBUTES = (
    f"shop_id,brand_id,member_id,mail,attribute,value,valid_from\neccube,main,5,,gift,1,{BIRTHDAY} 99:99:99\n"
)
CONTACTS = (
    "contact_id,member_id,mail,medium,direction,contacted_at,result,reason,call_again_on,shop_id,brand_id\n"
    f"K1,5,,call,out,2026-11-01 10:00:00,{WORD} さんは怒っていた,,,eccube,main\n"
)


@dataclass(frozen=True, kw_only=True)
class Days:
    """The shop after a good day and two bad ones: columns with a canary, and what each run printed."""

    shop: Shop
    planted: set[str]
    said: Mapping[date, str]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    shop = Shop(home=tmp_path_factory.mktemp("canaries") / "home", customers=60, asked=ASKED)
    (shop.home.parent / "tmp").mkdir()
    shop.export(MONDAY)
    tell_stops_and_events(shop.home, MONDAY)
    planted = every_cell.plant(shop.home)
    said = {MONDAY: run(shop, MONDAY, code=0)}
    refuse(shop.home, MONDAY + timedelta(days=1))
    said[MONDAY + timedelta(days=1)] = run(shop, MONDAY + timedelta(days=1), code=1)
    break_the_build(shop, MONDAY + timedelta(days=2))
    said[MONDAY + timedelta(days=2)] = run(shop, MONDAY + timedelta(days=2), code=1)
    return Days(shop=shop, planted=planted, said=said)


def run(shop: Shop, day: date, *, code: int) -> str:
    """The daily job with a provider's key in its environment and a umask that keeps nothing private."""
    told = {"JOREN_SENDGRID_KEY": KEY, "TMPDIR": str(shop.home.parent / "tmp")}
    done = subprocess.run(
        [sys.executable, "-m", "orchestration", "--as-of", day.isoformat()],
        cwd=ROOT, env={**shop.environ(carrier="outbox"), **told}, umask=0,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    return done.stdout


def tell_stops_and_events(home: Path, day: date) -> None:
    """What the demo has none of: a stop, and the provider's words about a mail."""
    stop = f"eccube,main,,{WORD}@example.com,{PHONE},all,claim,{day},\n"
    header = "shop_id,brand_id,member_id,mail,phone,scope,reason,since,until\n"
    put(home, "stops", f"stops_{STAMP.format(day, 4)}.csv", (header + stop).encode())
    event = {
        "email": f"{WORD}@example.com", "event": "bounce", "timestamp": 1_795_000_000, "sg_event_id": "1",
        "reason": f"550 no {WORD}@example.com here", "response": WORD, "url": f"https://example.com/{WORD}",
        "useragent": WORD, "ip": "192.0.2.7",
    }  # fmt: skip
    put(home, "sendgrid_events", f"events_{STAMP.format(day, 4)}.ndjson", json.dumps(event).encode())


def landed(home: Path, feed: str) -> tuple[bytes, ...]:
    """The lines of the first file of a feed that was let in."""
    [first, *_] = sorted(
        (home / "raw" / feed).glob("[0-9a-f]*.parquet"), key=lambda path: path.stat().st_mtime
    )
    return tuple((home / "landing" / feed / first.stem[:64]).read_bytes().splitlines(keepends=True))


def refuse(home: Path, day: date) -> None:
    """Files that landing or the door refuse, and rows that they cannot read: all full of canaries."""
    at = STAMP.format(day, 3)
    _, *orders = landed(home, "eccube_orders")
    put(home, "eccube_orders", f"order_{at}.csv", b"".join(orders))  # somebody cut off the header
    header, *members = landed(home, "eccube_customers")
    broken = [members[0].replace(b'"', b'x"y', 1), members[1].rpartition(b",")[0] + b"\n"]
    put(home, "eccube_customers", f"customer_{at}.csv", b"".join([header, *broken, *members]))
    header, consent, *_ = landed(home, "consents")
    doubtful = consent.rpartition(b",")[0] + f',"{WORD}"\n'.encode()
    put(home, "consents", f"consents_{at}.csv", header + doubtful)
    put(home, "rakuten_orders", f"rakuten_{at}.csv", b"".join(landed(home, "rakuten_orders")) + b"\xff\x80\n")
    put(home, "sendgrid_events", f"events_{at}.ndjson", f'{{"email": "{WORD}@example.com", "ev'.encode())
    header, *_ = landed(home, "yahoo_orders")
    put(home, "yahoo_orders", f"order_{at}.csv", header + f'"{WORD}","{WORD}'.encode())
    put(home, "points", f"points_{at}.csv", f"{WORD},{WORD}@example.com\n".encode())
    put(home, "amazon_orders", f"all_orders_{at}.txt", f"buyer-name\tbuyer-email\n{WORD}\t{WORD}\n".encode())


def break_the_build(shop: Shop, day: date) -> None:
    """Good files again; feeds of the shop's own, without a door, have words in cells not made for them."""
    home, at = shop.home, STAMP.format(day, 3)
    for feed, name in REFUSED_FEEDS.items():
        for old in (home / "inbox" / feed).iterdir():
            old.unlink()
        put(home, feed, name.format(at), b"".join(landed(home, feed)))
    keep_too_much(home)
    shop.own_feeds.mkdir(parents=True)
    for feed, rows in {"points": POINTS, "contacts": CONTACTS, "customer_attributes": ATTRIBUTES}.items():
        said = yaml.safe_load((OURS / f"{feed}.yaml").read_text()) | {"door": {}}
        (shop.own_feeds / f"kanaria_{feed}.yaml").write_text(yaml.safe_dump(said))
        put(home, f"kanaria_{feed}", f"{feed}_{at}.csv", rows.encode())


def keep_too_much(home: Path) -> None:
    """Let a buyer's name stand in a row of Amazon's, as an older mapping might have left it there."""
    [path] = (home / "raw" / "amazon_orders").glob("[0-9a-f]*.parquet")
    table = pq.read_table(path)
    at = table.column_names.index("extra")
    names = pa.array([f'{{"buyer-name": "{WORD}"}}', *[None] * (table.num_rows - 1)], pa.string())
    said = {key: text for key, text in pq.read_metadata(path).metadata.items() if key.startswith(b"joren.")}
    pq.write_table(table.set_column(at, "extra", names).replace_schema_metadata(said), path)


def files(home: Path, *, private: bool) -> list[Path]:
    """What lies in the rooms where persons may be, or everywhere else: reports, logs, artefacts, marts."""
    found = (path for path in home.parent.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in found if is_private(path.relative_to(home.parent)) == private]


def is_private(path: Path) -> bool:
    """Landed bytes, rows, candidates, ledger, outbox and warehouse are; what is said about them is not."""
    room = path.parts[1] if path.parts[0] == "home" else ""
    is_report = room == "quarantine" and path.suffix == ".json"
    is_catalogue = path.parts[1:3] == ("raw", "_catalogue")
    return (room in PRIVATE or room.startswith("warehouse.duckdb")) and not is_report and not is_catalogue


def test_every_kind_of_personal_cell_sings(days: Days) -> None:
    kinds = {feed.name: feed.kind for feed in FEEDS.values()}
    told = {
        "stops.mail",
        "stops.phone",
        *(f"sendgrid_events.{name}" for name in ("mail", "reason", "response", "url", "user_agent")),
    }
    sung = {(kinds[feed], name) for feed, name in (one.split(".") for one in days.planted | told)}
    for kind in kinds.values():
        personal = {(kind, name) for name in personal_columns(kind) if not LEFT.search(name)}
        assert personal - sung - {(kind, name) for name in NOT_EXPORTED} == set(), kind


def test_the_bad_days_were_bad_in_every_way(days: Days) -> None:
    good, refused, broken = days.said.values()
    assert "mails sent" in good
    assert [words for words in REFUSED if words not in refused] == []
    with duckdb.connect(days.shop.home / "warehouse.duckdb", read_only=True) as warehouse:
        doubts = warehouse.sql("select name, status, message from raw.doubts").fetchall()
    messages = broken + "".join(message for *_, message in doubts)
    assert [words for words in BROKEN if words not in messages] == []
    [failed] = [name for name, status, _ in doubts if status == "fail"]
    assert "nothing_personal_is_kept_where_the_vendor_wants_it_deleted" in failed


def test_the_good_night_proves_that_amazon_left_nobody(days: Days) -> None:
    kept = days.shop.query(
        "select feed, kept_rows > 0 from rpt_retention where feed like 'amazon_%' order by 1"
    )
    assert len(kept) == len([feed for feed in FEEDS.values() if feed.retention_days]) == 5
    assert ("amazon_orders", True) in kept
    assert days.shop.query("select max(columns_personal), max(personal_rows) from rpt_retention") == [(0, 0)]


def test_outside_of_the_private_rooms_none_is_heard(days: Days) -> None:
    home = days.shop.home
    private = {str(path.relative_to(home)): path for path in files(home, private=True)}
    for room in ("landing", "candidates", "ledger", "outbox", "quarantine", "warehouse.duckdb"):
        assert any(heard(path) for name, path in private.items() if name.startswith(room)), room
    public = files(home, private=False)
    rooms = {path.relative_to(home.parent).parts[1] for path in public if path.is_relative_to(home)}
    assert {"dagster", "marts", "quarantine", "raw"} <= rooms
    assert {path: words for path in public if (words := heard(path))} == {}
    assert {day: words for day, text in days.said.items() for words in SAID if words in text} == {}
    assert [name for name, path in private.items() if words_in(path, {KEY})] == []


def test_a_refusal_tells_files_and_row_numbers(days: Days) -> None:
    reports = [json.loads(path.read_text()) for path in (days.shop.home / "quarantine").rglob("*.json")]
    assert {report["by"] for report in reports} == {"landing", "door"}
    assert {report["feed"] for report in reports} >= {"eccube_orders", "consents", "rakuten_orders", "points"}
    doors = [one for report in reports if report["by"] == "door" for one in report["broken"]]
    assert any(one["rows"] == [1] and one["count"] == 1 for one in doors)
    [broken] = (days.shop.home / "quarantine" / "eccube_customers").glob("*.parquet")
    assert pq.read_table(broken)["reason"].to_pylist() == ["26 cells where the header has 27"]


def test_whatever_the_umask_persons_are_their_owners_alone(days: Days) -> None:
    home = days.shop.home
    wide = {
        path.relative_to(home): oct(path.stat().st_mode)
        for path in home.rglob("*")
        if not path.is_symlink() and path.stat().st_mode & 0o077
        if path.relative_to(home).parts[0] not in {"marts", *SHOPS_OWN}
    }
    assert wide == {}
    modes = {
        (path.is_dir(), path.stat().st_mode & 0o777)
        for path in (home / "marts").rglob("*")
        if not path.is_symlink()
    }
    assert modes == {(True, 0o755), (False, 0o444)}


def test_who_asks_is_told_all_that_is_held_of_him_and_nothing_of_others(days: Days, tmp_path: Path) -> None:
    home = days.shop.home
    mail = message_from_bytes(next((home / "outbox").glob("*/*/*.eml")).read_bytes(), policy=default)
    answer = tmp_path / "answer.json"
    done = disclose(days.shop, "--mail", str(mail["To"]).upper(), "--to", str(answer))
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    assert answer.stat().st_mode & 0o777 == 0o600
    told = json.loads(answer.read_text())
    rooms = {name: room["held"] for name, room in told["rooms"].items()}
    assert {room["label_ja"] and room["whence"] and room["why"] for room in told["rooms"].values()} != {""}
    assert told["labels_ja"]["family_name"] == "姓"
    assert_rows_are_his(home, told, rooms["landed"])
    [candidate] = rooms["candidates"]
    assert candidate["mail"] == str(mail["To"])
    tables = {name.rpartition(".")[2] for name in rooms["warehouse"]}
    assert {"int_customers_clustered", "customer_contacts"} <= tables  # so far came the failed build
    assert [one["to"] for one in rooms["mail"]["outbox"]] == [str(mail["To"])]
    assert {one["state"] for one in rooms["mail"]["recipient"]} == {"accepted"}
    assert len(rooms["mail"]["attempt"]) == len(rooms["mail"]["message"]) == 1
    others = set(re.findall(rf"{WORD}[.][\w.+-]+@[\w.-]+", answer.read_text())) - {*told["known_by"]["mails"]}
    assert others == set()
    by_id = disclose(days.shop, "--customer", candidate["customer_id"])
    assert json.loads(by_id.stdout)["rooms"]["landed"] == told["rooms"]["landed"]


def assert_rows_are_his(home: Path, told: dict[str, Any], landed: list[dict[str, Any]]) -> None:
    """By another way: every row of raw with one of his keys, and no other."""
    known = told["known_by"]
    expected = {
        (row["_file_sha256"], row["_row_number"])
        for path in (home / "raw").glob("[a-z]*/[0-9a-f]*.parquet")
        for row in pq.read_table(path).to_pylist()
        if f"{row.get('shop_id')}:member:{row.get('member_id')}" in known["person_keys"]
        or f"{row.get('shop_id')}:order:{row.get('order_id')}" in known["orders"]
        or (row.get("mail") or "").lower() in known["mails"]
    }
    found = {(Path(one["file"]).stem, row["row"]) for one in landed for row in one["rows"]}
    assert expected
    assert found == expected


def test_of_a_stranger_nothing_is_held_and_an_unknown_number_is_an_error(days: Days) -> None:
    told = json.loads(disclose(days.shop, "--mail", "nobody@example.net").stdout)
    held = [room["held"] for room in told["rooms"].values()]
    assert [one for one in held if one and any(one.values() if isinstance(one, dict) else one)] == []
    assert "no customer id" in disclose(days.shop, "--customer", "0" * 32).output


def disclose(shop: Shop, *asked: str) -> Result:
    """Ask the command line."""
    return CliRunner().invoke(app, ["disclose", *asked], env=dict(shop.environ(carrier="outbox")))
