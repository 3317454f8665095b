"""Landing and SQL spell people alike: what Python hashes at the door is what dbt hashes in the warehouse."""

import random
from collections.abc import Callable
from pathlib import Path
from string import ascii_letters

import duckdb
import pytest
from jinja2 import Environment

from orchestration.landing.erasing import spelling
from orchestration.landing.erasing.personal import HANDLES
from orchestration.landing.erasing.shop_keys import buyer_key

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros"
BUYER = "buyer_key_of('true')"
KEY = "c0ffee"
SOURCE = (
    "{% macro customer_key() -%} '"
    + KEY
    + "' {%- endmacro %}"
    + "".join((MACROS / f"{name}.sql").read_text() for name in ("text", "cells", "persons", "statements"))
)
LETTERS = (
    ascii_letters[::5]
    + "0123456789" * 3
    + spelling.WIDE
    + spelling.HALF_KANA
    + "ぁがぱんゔカガパー髙﨑山田花子"
    "　  @.-+()/\t'İΣ𠮷①㈱\u3099\u309aß\u00a0\u2003"
)
SAYINGS = (
    "", " ", "　", "+81 90-1234-5678", "0081-3-1234-5678", "９０１２３４５６７８", "000-0000-0000", "'123",
    "gid://shopify/Customer/7",
    "山田　花子", "山田 花子 ", "ﾊﾅｺ", "ﾀﾞ", "か\u3099", " Ａ.Ｂ＠Example.COM　", "1000001", "600000",
    "〒100-0001", "a..b.@docomo.ne.jp",
)  # fmt: skip
TWINS: dict[str, Callable[[str], str]] = {
    "normalised_mail('cell')": spelling.mail_of,
    "digits_of('cell')": spelling.digits_of,
    "phone_of('cell')": spelling.phone_of,
    "postcode_of('cell')": spelling.postcode_of,
    "kana_of('cell')": spelling.kana_of,
    "code_of('cell')": spelling.code_of,
    "filled('cell')": spelling.trimmed,
    "keyed_hash('cell')": lambda cell: spelling.keyed_hash(KEY, cell),
}


def rendered(call: str) -> str:
    return Environment(autoescape=False).from_string(SOURCE + "{{ " + call + " }}").render().strip()  # noqa: S701


def cells(number: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # letters, no secrets
    made = ("".join(chance.choices(LETTERS, k=chance.randint(0, 14))) for _ in range(number))
    phones = ("".join(chance.choices("0123456789０９- +81", k=chance.randint(9, 15))) for _ in range(number))
    return [*SAYINGS, *made, *phones]


@pytest.mark.parametrize("call", sorted(TWINS))
def test_python_and_sql_make_the_same_of_a_cell(call: str) -> None:
    asked = cells(3000, seed=1)
    sql = f"select cell, {rendered(call)} from (select unnest($1) as cell)"
    said = dict(duckdb.execute(sql, [asked]).fetchall())
    twin = TWINS[call]
    assert {cell: said[cell] or "" for cell in asked} == {cell: twin(cell) for cell in asked}


def test_python_and_sql_know_a_buyer_without_member_id_and_mail_by_the_same_key() -> None:
    names = [name for name in HANDLES if name not in ("order_id", "receiver_name", "receiver_postcode")]
    chance, pool = random.Random(2), cells(400, seed=3)  # noqa: S311  # cells, no secrets
    rows = [
        {name: chance.choice(pool) for name in names} | {"member_id": "", "mail": ""} for _ in range(2000)
    ]
    listed = ", ".join(f"t.{name} as {name}" for name in names)
    others = "'' as city, '' as address1, '' as address2, '' as prefecture, '' as sex, '' as birthday"
    told = f"select {listed}, {others} from (select unnest($1) as t)"
    person = f"null as member_id, 'masked' as persons, {rendered('person_cells()')}"
    typed = f"select trim(shop_id) as shop_id, {person} from ({told})"
    sql = f"select {rendered(BUYER)} from ({typed})"
    found = [key or "" for (key,) in duckdb.execute(sql, [rows]).fetchall()]
    assert found == [buyer_key(KEY, row, spelling.trimmed(row["shop_id"])) for row in rows]
    assert sum(map(bool, found)) > 100
