"""Rows of files that speak of somebody: what landed, what was put aside, what was written for mail."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from orchestration.doors.duck import bounded
from orchestration.landing.erasing.spelling import ASCII
from orchestration.privacy.described import MEMBER
from orchestration.privacy.quoting import listed, text
from orchestration.privacy.whom import Person

Row = dict[str, Any]
ORDER = MEMBER.replace(":member:", ":order:").replace("member_id", "order_id")
BEFORE, AFTER = r"(^|[^a-z0-9.!#$%&''*+/=?^_`{|}~-])", "($|[^a-z0-9.-])"


def rows_of(home: Path, pattern: str, person: Person) -> list[Row]:
    """Rows of Parquet files in which somebody's handles stand: file by file, with what is filled.

    Args:
        home: folder of everything Joren keeps.
        pattern: of the files, below it.
        person: who.
    """
    with duckdb.connect(config=bounded(home, "disclosure")) as connection:
        return [
            {"file": str(path.relative_to(home)), **row}
            for path in sorted(home.glob(pattern))
            for row in _rows(connection, path, person)
        ]


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, person: Person) -> Iterator[Row]:
    described = connection.execute("describe select * from read_parquet($1)", [str(path)]).fetchall()
    texts = [name for name, kind, *_ in described if kind == "VARCHAR" and not name.startswith("_")]
    if tests := list(tests_of(texts, person)):
        query = f"select * from read_parquet({text(path)}) where {' or '.join(tests)}"
        yield from filled(connection, query)


def tests_of(columns: Collection[str], person: Person) -> Iterator[str]:
    """Conditions under which a row is somebody's: by a handle, or by an address that stands there whole."""
    if {"shop_id", "member_id"} <= {*columns} and person.person_keys:
        yield f"coalesce({MEMBER} in ({listed(person.person_keys)}), false)"
    if {"shop_id", "order_id"} <= {*columns} and person.order_keys:
        yield f"coalesce({ORDER} in ({listed(person.order_keys)}), false)"
    if "customer_id" in columns and person.customer_ids:
        yield f"coalesce(customer_id in ({listed(person.customer_ids)}), false)"
    if {"phone", "scope"} <= {*columns} and person.described.phones:
        digits = "regexp_replace(phone, '[^0-9]', '', 'g')"  # of a stop; else a household shares it
        is_alone = "coalesce(mail, '') = '' and coalesce(member_id, '') = ''"
        yield f"coalesce({digits} in ({listed(person.described.phones)}) and {is_alone}, false)"
    if columns:
        yield from mail_tests(columns, person)


def mail_tests(columns: Collection[str], person: Person) -> Iterator[str]:
    """Conditions under which one of somebody's addresses stands in a row."""
    quoted = ", ".join(f'cast("{name}" as varchar)' for name in columns)
    wide, narrow = "".join(map(chr, ASCII)), text("".join(ASCII.values()))
    cells = f"lower(translate(concat_ws(chr(31), {quoted}), '{wide}', {narrow}))"
    for mail in sorted(person.mails):
        yield f"regexp_matches({cells}, '{BEFORE}' || {text(re.escape(mail))} || '{AFTER}')"


def filled(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Rows with those of their cells that say something."""
    answer = connection.execute(query)
    names: Sequence[str] = [column[0] for column in answer.description or ()]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell not in (None, "")}
        for row in answer.fetchall()
    ]
