"""The search for somebody who was erased finds him wherever he was planted."""

import gzip
import io
import json
import sqlite3
import zipfile
from base64 import b64encode
from collections.abc import Callable
from email.header import Header
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from disk_search import CLOSED, found

WORD, MAIL = "鷹匠玄之丞", "canary.quill@example.com"
MANY = 5_000


def packed_by_zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("orders.csv", text)
    return out.getvalue()


PLAIN: dict[str, Callable[[str], bytes]] = {
    "bytes": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "cp932": lambda text: text.encode("cp932"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: f"x{text}".encode("utf-16-be"),
    "json": lambda text: json.dumps({"name": text}).encode(),
    "url": lambda text: f"https://example.com/?q={quote(text)}".encode(),
    "base64": lambda text: b64encode(f"a{text}".encode()),
    "mail header": lambda text: Header(text, "utf-8", maxlinelen=200).encode().encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": packed_by_zip,
}


@pytest.mark.parametrize("form", PLAIN)
@pytest.mark.parametrize("word", [WORD, MAIL])
def test_it_finds_a_word_in_whatever_bytes(tmp_path: Path, form: str, word: str) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "any.name").write_bytes(PLAIN[form](f"x {word} y"))
    (tmp_path / "inbox" / "other").write_bytes(PLAIN[form]("山田花子 other@example.com"))
    assert found(tmp_path, {WORD, MAIL, f"to {MAIL}"}) == [f"inbox/any.name: {word}"]


def test_it_finds_a_word_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.csv").touch()
    assert found(tmp_path, {WORD}) == [f"{WORD}.csv: {WORD}"]


@pytest.mark.parametrize("compression", ["zstd", "snappy", "none"])
def test_it_finds_a_cell_of_a_parquet_file_whatever_its_name(tmp_path: Path, compression: str) -> None:
    cells = pa.table({"name": [f"{n} {WORD if n == 77 else ''}" for n in range(MANY)]})
    pq.write_table(cells, tmp_path / "draft.parquet.tmp", compression=compression)
    assert found(tmp_path, {WORD}) == [f"draft.parquet.tmp: {WORD}"]


PLANTED = {
    "one among many": f"select i, case i when 77 then '{WORD}' else 'x' || i end from range({MANY}) as t(i)",
    "all alike": f"select i, '{WORD}' from range({MANY}) as t(i)",
    "one of few": f"select i, case i % 3 when 0 then '{WORD}' else '山田' end from range({MANY}) as t(i)",
    "a long text": f"select i, repeat('長文', 5000) || '{WORD}' || repeat('x', 5000) from range(3) as t(i)",
    "nested": f"select i, {{'told': [i::varchar, '{WORD}']}} from range({MANY}) as t(i)",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_it_finds_a_cell_of_a_duckdb_table_however_compressed(tmp_path: Path, planted: str) -> None:
    with duckdb.connect(tmp_path / "warehouse.duckdb") as db:
        db.execute(f'create schema private; create table private."a table" as {PLANTED[planted]}')
    assert found(tmp_path, {WORD}) == [f"warehouse.duckdb: {WORD}"]


def test_compressed_duckdb_bytes_alone_would_not_have_told(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "warehouse.duckdb") as db:
        db.execute(f"create table names as select '{WORD}' || i % 7 as name from range({MANY}) as t(i)")
        db.execute(f"create table mails as select 'm{MAIL}' || i as mail from range({MANY}) as t(i)")
    assert MAIL.encode() not in (tmp_path / "warehouse.duckdb").read_bytes()
    assert found(tmp_path, {MAIL}) == [f"warehouse.duckdb: {MAIL}"]


def test_it_finds_what_duckdb_keeps_of_a_deleted_row(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "w.duckdb", config={"force_compression": "uncompressed"}) as db:
        db.execute(f"create table names as {PLANTED['one among many']}; checkpoint")
        db.execute("delete from names where i = 77; checkpoint; vacuum; force checkpoint")
    assert found(tmp_path, {WORD}) == [f"w.duckdb: {WORD}"]


@pytest.mark.parametrize("secure", ["off", "on"])
def test_it_finds_what_sqlite_keeps_of_a_deleted_row_in_free_pages_and_log(
    tmp_path: Path, secure: str
) -> None:
    path = tmp_path / "ledger.sqlite"
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"pragma secure_delete = {secure}")
    db.execute("pragma journal_mode = wal")
    db.execute("create table address (mail text)")
    db.execute("insert into address values (?)", [MAIL])
    db.execute("pragma wal_checkpoint(truncate)")
    db.execute("insert into address values ('other@example.com')")
    db.execute("delete from address where mail = ?", [MAIL])
    assert found(tmp_path, {MAIL})[-1] == f"ledger.sqlite-wal: {MAIL}"
    db.execute("pragma wal_checkpoint(truncate)")
    assert found(tmp_path, {MAIL}) == ([f"ledger.sqlite: {MAIL}"] if secure == "off" else [])
    db.close()


@pytest.mark.parametrize(
    "magic", [b"PAR1", b"\x1f\x8b", b"PK\x03\x04", b"checksumDUCK", b"SQLite format 3\0"]
)
def test_a_file_that_it_cannot_open_is_no_proof(tmp_path: Path, magic: bytes) -> None:
    (tmp_path / "cut").write_bytes(magic + b"\0" * 50)
    assert found(tmp_path, {WORD}) == [f"cut: {CLOSED}"]
