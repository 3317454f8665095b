"""Whoever has been erased does not come back with a later file; facts and everybody else stay as they are."""

import gzip
import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS, NOW
from inbox import put
from seed_files import document, headers, table

from orchestration import disk
from orchestration.landing.erasing.handles import Kind, add_rows, erasures_table, hashed
from orchestration.landing.erasing.personal import ABOUT_PEOPLE, is_personal
from orchestration.landing.erasing.shop_keys import receiver
from orchestration.landing.erasing.traces import Traces
from orchestration.landing.land import land
from orchestration.landing.mapping.feed import Feed

KEY = "c0ffee"
CANARY, MAIL, PHONE = "CANARY髙橋", "canary.x@example.com", "09011112222"
HIS_ROW, ROWS = 2, 5
TOLD_BY = ("mail", "member_id", "order_id")
SIEVED = sorted(
    name
    for name, feed in FEEDS.items()
    if feed.keeps == "everything" and any(told in feed.columns for told in TOLD_BY)
)


def erase(home: Path, *handles: tuple[Kind, str]) -> None:
    """Put handles on the list."""
    disk.folder(home / "ledger", 0o700)
    (home / "ledger" / "customer.key").write_text(KEY)
    said = {"erased_on": "2026-01-01", "erasure": "1"}
    rows = [{"handle_kind": kind, "handle_hash": hashed(KEY, kind, text), **said} for kind, text in handles]
    add_rows(home, rows, ())


def uses(feed: Feed) -> dict[str, set[str]]:
    """Columns by what they read."""
    found: dict[str, set[str]] = {}
    for name, column in feed.columns.items():
        for part in column.parts():
            paths = [f"{part.path}"] if not isinstance(part, str) else [part]
            for path in paths:
                found.setdefault(path, set()).add(name)
    return found


def cell_of(feed: Feed, row: int, path: str) -> str:
    """A fact's cell is a number; the canary stands in all that is personal of his row."""
    names = uses(feed).get(path, set())
    patterns = {feed.columns[name].matching for name in names} - {""}
    value = f"7{row}"
    if names and all(is_personal(name, feed) for name in names):
        value = (
            (MAIL if "mail" in names else CANARY)
            if row == HIS_ROW
            else f"{'other' * ('mail' not in names)}{row}"
        )
    if (pattern := next(iter(patterns), "")).startswith("gid:"):
        return re.sub(r"\(.*?\)", f"7{row}", pattern)
    return value + "000000000" * ("timestamp" in path)


def vendor_file(feed: Feed) -> bytes:
    """Five rows; a column that nobody maps stands beside the others."""
    if feed.format == "csv":
        names = [*headers(feed), "備考X"]
        rows = [[cell_of(feed, row, name) for name in names[:-1]] for row in range(ROWS)]
        notes = [CANARY if row == HIS_ROW else f"note {row}" for row in range(ROWS)]
        return table(
            feed, names, [[*row, note] for row, note in zip(rows, notes, strict=True)], feed.encodings[-1]
        )
    documents: list[Any] = [
        document(feed, row, lambda row, path: cell_of(feed, row, path)) for row in range(ROWS)
    ]
    for row, one in enumerate(documents):
        one["noteX"] = {"text": CANARY if row == HIS_ROW else f"note {row}"}
    lists = feed.rows.split(".") if feed.rows else []
    if feed.format == "json":
        return f"{json.dumps({lists[0]: documents} if lists else documents)}\n".encode(feed.encodings[-1])
    return "".join(f"{json.dumps({lists[0]: [one]} if lists else one)}\n" for one in documents).encode()


def landed(home: Path, feed: Feed, content: bytes) -> list[dict[str, Any]]:
    """Rows of a file whose marker says its time."""
    put(home, feed.name, "export.x", content, "2026-01-05T06:00:00+09:00")
    done = land(home=home, feed=feed, now=NOW)
    assert [refusal.message for refusal in done.refused] == []
    files = (home / "raw" / feed.name / ".pending").glob("*.parquet")
    return [row for path in files for row in pq.read_table(path).to_pylist()]


def everything(home: Path) -> str:
    """All bytes below the rooms behind the inbox, in every encoding, and every cell of every Parquet file."""
    files = [
        path
        for room in ("landing", "raw", "quarantine")
        for path in (home / room).rglob("*")
        if path.is_file()
    ]
    texts = [
        path.read_bytes().decode(code, "ignore") for path in files for code in ("utf-8", "cp932", "utf-16")
    ]
    return "".join(
        [*texts, *(str(pq.read_table(path).to_pylist()) for path in files if path.suffix == ".parquet")]
    )


def his_handles(row: dict[str, Any]) -> list[tuple[Kind, str]]:
    shop, member, order = row["shop_id"], row.get("member_id"), row.get("order_id")
    member = member if member and CANARY in member else None
    if row.get("mail") == MAIL:
        return [("mail", MAIL)]
    return [("person", f"{shop}:member:{member}")] if member else [("order", f"{shop}:order:{order}")]


@pytest.mark.parametrize("name", SIEVED)
def test_of_every_feed_his_rows_go_or_keep_their_facts_and_all_others_stay(tmp_path: Path, name: str) -> None:
    feed, content = FEEDS[name], vendor_file(FEEDS[name])
    before = landed(tmp_path / "before", feed, content)
    his = [row for row in before if CANARY in str(row) or MAIL in str(row)]
    [row] = his
    home = tmp_path / "after"
    erase(home, *his_handles(row))
    after = landed(home, feed, content)
    if feed.kind in ABOUT_PEOPLE:
        others = [one for one in before if one is not row]
        assert [without_place(one) for one in after] == [without_place(one) for one in others]
    else:
        facts = {column for column in row if column not in feed.columns or not is_personal(column, feed)} - {
            "extra"
        }
        assert [{c: one[c] for c in facts} for one in after] == [{c: one[c] for c in facts} for one in before]
        assert [one for one in after if one != row][:HIS_ROW] == before[:HIS_ROW]
    assert "CANARY" not in everything(home)
    assert MAIL not in everything(home)


def without_place(row: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if name != "_row_number"}


CONTACTS, ORDERS = FEEDS["contacts"], FEEDS["eccube_orders"]


def contact(**said: str) -> bytes:
    names = headers(CONTACTS)
    base = {
        "shop_id": "eccube",
        "contact_id": "1",
        "member_id": "5",
        "medium": "call",
        "contacted_at": "2026-01-01",
    }
    return table(CONTACTS, names, [[(base | said).get(name, "") for name in names]], "utf-8")


@pytest.mark.parametrize(
    "reason",
    [
        f"ask {MAIL}.", "ask CANARY.X@Example.com", "宛先はｃａｎａｒｙ.x＠example.comです",
        "tel 090-1111-2222 2026-01-05",
        "(090) 1111 2222", "+81-90-1111-2222", "０９０１１１１２２２２", "2026-01-01 10:00 09011112222",
        "090―1111―2222", "010819011112222", "to canary\u200b.x@example.com", "ＣＡＮＡＲＹ．ｘ@example.com",
    ],
)  # fmt: skip
def test_a_cell_of_another_that_names_him_is_blanked_and_the_row_stays(tmp_path: Path, reason: str) -> None:
    erase(tmp_path, ("mail", MAIL), ("phone", PHONE))
    [row] = landed(tmp_path, CONTACTS, contact(reason=reason))
    assert (row["reason"], row["member_id"]) == ("", "5")


@pytest.mark.parametrize(
    "reason", ["ask other@example.com", "090-1111-2223", "2026-01-05 06:00:00", "#1234567890123"]
)
def test_a_file_without_him_is_kept_byte_for_byte(tmp_path: Path, reason: str) -> None:
    erase(tmp_path, ("mail", MAIL), ("phone", PHONE))
    content = contact(reason=reason)
    assert len(landed(tmp_path, CONTACTS, content)) == 1
    [kept] = [path for path in (tmp_path / "landing" / "contacts").iterdir() if not path.suffix]
    assert kept.read_bytes() == content


def order(**said: str) -> bytes:
    names = headers(ORDERS)
    base = {
        "注文ID": "1",
        "注文番号": "1",
        "会員ID": "5",
        "メールアドレス": "wife@example.com",
        "郵便番号": "1000001",
    }
    return table(ORDERS, names, [[(base | said).get(name, "") for name in names]], "cp932")


def test_a_parcel_to_him_in_anothers_order_forgets_the_label_alone(tmp_path: Path) -> None:
    erase(tmp_path, ("receiver", receiver("高橋 一郎", "100-0001")))
    gift = {
        "配送先_お名前(姓)": "高橋",
        "配送先_お名前(名)": "一郎",
        "配送先_郵便番号": "100-0001",
        "配送先_住所1": "千代田1",
    }
    [row] = landed(tmp_path, ORDERS, order(**gift))
    assert (row["mail"], row["postcode"], row["order_id"]) == ("wife@example.com", "1000001", "1")
    assert [row[name] for name in ("receiver_name", "receiver_postcode", "receiver_address1")] == ["", "", ""]


def test_an_order_of_his_is_known_by_its_number_whatever_name_it_bears(tmp_path: Path) -> None:
    erase(tmp_path, ("order", "eccube:order:1"))
    [row] = landed(tmp_path, ORDERS, order())
    assert (row["order_id"], row["mail"], row["member_id"]) == ("1", "", "")


def test_fputcsv_lines_with_backslash_bytes_and_quotes_are_printed_as_they_are_read(tmp_path: Path) -> None:
    product = '表"十"能" ソ'
    erase(tmp_path, ("mail", "wife@example.com"))
    [row] = landed(tmp_path, ORDERS, order(商品名=product))
    assert (row["product_name"], row["mail"]) == (product, "")


def test_a_packed_file_keeps_the_name_of_its_bytes_and_sent_again_it_is_known(tmp_path: Path) -> None:
    erase(tmp_path, ("mail", "wife@example.com"))
    packed = gzip.compress(order(), mtime=0)
    assert len(landed(tmp_path, ORDERS, packed)) == 1
    put(tmp_path, ORDERS.name, "export.x", packed, "2026-01-05T06:00:00+09:00")
    again = land(home=tmp_path, feed=ORDERS, now=NOW + timedelta(days=1))
    assert (again.duplicates, again.files, again.parsed) == (("export.x",), (), ())
    assert "wife@" not in everything(tmp_path)


def test_while_he_is_erased_what_has_landed_leaves_the_inbox_ready_or_not(tmp_path: Path) -> None:
    erase(tmp_path, ("mail", "wife@example.com"))
    landed(tmp_path, ORDERS, order())
    for name, content in (("known.csv", order()), ("new.csv", order(商品名="other"))):
        put(tmp_path, ORDERS.name, name, content).with_name(f"{name}.done").unlink()
        os.utime(tmp_path / "inbox" / ORDERS.name / name, (NOW.timestamp(), NOW.timestamp()))
    assert land(home=tmp_path, feed=ORDERS, now=NOW).waiting == ("known.csv", "new.csv")
    nobody = frozenset[str]()
    traces = Traces(mails=frozenset({"wife@example.com"}), phones=nobody, names=nobody, places=nobody)
    done = land(home=tmp_path, feed=ORDERS, now=NOW, traces=traces)
    assert (done.duplicates, done.waiting) == (("known.csv",), ("new.csv",))


@pytest.mark.parametrize(
    "content", [b"\x81\xff\n", b"", b"no header at all\n1\n", gzip.compress(b"x" * 99)[:-9]]
)
def test_a_file_that_nobody_can_read_stays_in_the_inbox(tmp_path: Path, content: bytes) -> None:
    erase(tmp_path, ("mail", MAIL))
    path = put(tmp_path, ORDERS.name, "order_20260105060000.csv", content)
    done = land(home=tmp_path, feed=ORDERS, now=NOW)
    assert [refusal.sha256 for refusal in done.refused] == [""]
    assert path.exists()
    assert not any((tmp_path / "landing" / ORDERS.name).iterdir())


def test_a_row_that_cannot_be_read_keeps_its_place_alone_if_it_might_be_his(tmp_path: Path) -> None:
    erase(tmp_path, ("person", "eccube:member:5"))
    broken = order() + "5,山田,one cell more or less\n6,other\n".encode("cp932")
    put(tmp_path, ORDERS.name, "export.x", broken, "2026-01-05T06:00:00+09:00")
    done = land(home=tmp_path, feed=ORDERS, now=NOW)
    assert (done.counts["physical"], done.counts["quarantined"]) == (3, 2)
    assert "山田" not in everything(tmp_path)
    assert "6,other" in everything(tmp_path)


def test_sql_is_told_of_persons_and_mails_alone(tmp_path: Path) -> None:
    assert erasures_table(tmp_path).num_rows == 0
    erase(tmp_path, ("mail", MAIL), ("person", "a:member:1"), ("phone", PHONE), ("order", "a:order:1"))
    rows = erasures_table(tmp_path).to_pylist()
    assert sorted(row["handle_kind"] for row in rows) == ["mail", "person"]
    assert {row["erased_on"].isoformat() for row in rows} == {"2026-01-01"}
    assert MAIL not in (tmp_path / "ledger" / "erasures.json").read_text()
