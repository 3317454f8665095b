"""Canaries in every personal cell, good days and bad ones: outside of the private rooms none is heard."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import canaries
import pytest
from canaries import KEY, PHONE, WORD, heard
from inbox import put
from shop import ROOT, Shop

MONDAY = date(2026, 11, 23)
ASKED = ("--spread", "--history", "simulated", "--seed", "4", "--channels", "all")
PRIVATE = ("inbox", "landing", "raw", "quarantine", "candidates", "ledger", "outbox", "demo", "demo_truth")
STAMP = "{:%Y%m%d}{:02}0000"


@dataclass(frozen=True, kw_only=True)
class Days:
    """The shop after a good day and two bad ones: columns with a canary, and what each run printed."""

    shop: Shop
    planted: set[str]
    said: Mapping[date, str]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    shop = Shop(home=tmp_path_factory.mktemp("canaries") / "home", customers=150, asked=ASKED)
    (shop.home.parent / "tmp").mkdir()
    shop.export(MONDAY)
    tell_stops_and_events(shop.home, MONDAY)
    planted = canaries.plant(shop.home)
    said = {MONDAY: run(shop, MONDAY, code=0)}
    refuse(shop.home, MONDAY + timedelta(days=1))
    said[MONDAY + timedelta(days=1)] = run(shop, MONDAY + timedelta(days=1), code=1)
    break_the_build(shop.home, MONDAY + timedelta(days=2))
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
    """The lines of what the feed's last file said."""
    path = next(path for path in (home / "landing" / feed).iterdir() if not path.suffix)
    return tuple(path.read_bytes().splitlines(keepends=True))


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


def break_the_build(home: Path, day: date) -> None:
    """Good files again, but one in which somebody wrote into the wrong cells."""
    at = STAMP.format(day, 3)
    names = {"eccube_orders": "order_{}.csv", "rakuten_orders": "rakuten_{}.csv", "yahoo_orders": "order_{}.csv",
             "consents": "consents_{}.csv", "amazon_orders": "all_orders_{}.txt",
             "sendgrid_events": "events_{}.ndjson"}  # fmt: skip
    for feed, name in names.items():
        for old in (home / "inbox" / feed).iterdir():
            old.unlink()
        put(home, feed, name.format(at), b"".join(sorted_landed(home, feed)))
    header, *rows = landed(home, "points")
    put(home, "points", f"points_{at}.csv", header + rows[0].replace(b",", b"," + WORD.encode(), 1))


def sorted_landed(home: Path, feed: str) -> list[bytes]:
    """The bytes of the feed's largest file: that of the good day."""
    files = [path for path in (home / "landing" / feed).iterdir() if not path.suffix]
    return [max(files, key=lambda path: path.stat().st_size).read_bytes()]


def test_the_days_went_as_they_should(days: Days) -> None:
    print(sorted(days.planted))
    H=days.shop.home
    for path in sorted(H.parent.rglob('*')):
        if path.is_file() and not path.is_symlink():
            w=heard(path)
            m=path.stat().st_mode & 0o777
            if w or m & 0o077: print('HEARD' if w else 'MODE', path.relative_to(H.parent), w, oct(m))
    for day, text in days.said.items():
        print(day, text)
    assert 0
