"""A search for words through all that lies below a folder, in the clear.

A DuckDB file is copied without compression, a Parquet file written anew without any, a ZIP or gzip unpacked,
an SQLite file dumped; and each is searched as it lies there too: pages and blocks keep what was deleted.
"""

import base64
import gzip
import io
import json
import quopri
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow.parquet as pq

ENCODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be")
CLOSED = "cannot be opened, so that nobody can tell"


def found(folder: Path, words: Collection[str], *, but: tuple[str, ...] = ()) -> list[str]:
    """Where they are, but for paths that begin so: `path: word`; words that hold another need no search."""
    shortest = frozenset(one for one in words if not any(other in one for other in {*words} - {one}))
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    names = {str(path.relative_to(folder)): path for path in paths}
    chosen = {name: path for name, path in names.items() if not name.startswith(but)}
    return [f"{name}: {word}" for name, path in chosen.items() for word in words_in(path, shortest)]


def words_in(path: Path, words: Collection[str]) -> list[str]:
    """Which words a file holds, in its name, its bytes or what they pack, in whatever case and encoding."""
    views = [view.lower() for view in _views(path)]
    return [word for word in sorted(words) if any(form in view for form in forms(word) for view in views)] + [
        CLOSED for view in views if view == CLOSED.lower().encode()
    ]


@cache
def forms(word: str) -> frozenset[bytes]:
    """What a word may look like on disk, in lower case: encoded, in JSON, URLs and mails."""
    text = word.encode()
    found = {word.encode(code, "ignore") for code in ENCODINGS}
    found |= {json.dumps(word)[1:-1].encode(), quote(word).encode(), quopri.encodestring(text)}
    found |= {_in_header(text)}
    # Whole groups of three bytes, wherever a group begins; the letters at the ends belong to neighbours, too.
    found |= {base64.b64encode(text[at : at + (len(text) - at) // 3 * 3]) for at in range(3)}
    return frozenset(form.lower() for form in found if form)


def _in_header(text: bytes) -> bytes:
    """As Q of RFC 2047 has it in a mail's header."""
    return re.sub(rb"[^0-9A-Za-z]", lambda found: b"=%02X" % ord(found[0]), text)


def _views(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield path.name.encode()
    yield content
    for at, magic in OPENERS:
        if content[at:].startswith(magic):
            try:
                yield OPENERS[at, magic](path)
            except Exception:  # noqa: BLE001  # whatever it was, what the file holds is not known
                yield CLOSED.encode()


def _unzipped(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _parquet(path: Path) -> bytes:
    plain = io.BytesIO()
    pq.write_table(pq.read_table(path), plain, compression="none", use_dictionary=False)
    return plain.getvalue()


def _duckdb(path: Path) -> bytes:
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(config={"force_compression": "uncompressed"}) as db,
    ):
        db.execute(f"attach '{path}' as old (read_only); attach '{folder}/plain.duckdb' as plain")
        listed = "select schema_name, table_name from duckdb_tables() where database_name = 'old'"
        for schema, table in db.execute(listed).fetchall():
            db.execute(f'create schema if not exists plain."{schema}"')
            db.execute(f'create table plain."{schema}"."{table}" as from old."{schema}"."{table}"')
        db.execute("detach plain")
        return (Path(folder) / "plain.duckdb").read_bytes()


def _sqlite(path: Path) -> bytes:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as db:
        return "".join(db.iterdump()).encode()


OPENERS: Mapping[tuple[int, bytes], Callable[[Path], bytes]] = {
    (0, b"\x1f\x8b"): lambda path: gzip.decompress(path.read_bytes()),
    (0, b"PK\x03\x04"): _unzipped,
    (0, b"PAR1"): _parquet,
    (8, b"DUCK"): _duckdb,
    (0, b"SQLite format 3"): _sqlite,
}
