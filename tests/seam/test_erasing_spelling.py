"""Landing and SQL spell people alike: what Python hashes at the door is what dbt hashes in the warehouse."""

import random
from collections.abc import Callable
from functools import cache, partial

import duckdb
import pytest
from macros import KEY, made, text_of

from orchestration.landing.erasing import spelling
from orchestration.landing.erasing.personal import HANDLES
from orchestration.landing.erasing.shop_keys import buyer_key

EVERY = [chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
KANA = [chr(code) for code in range(0x3041, 0x3100)] + [chr(code) for code in range(0xFF61, 0xFFA0)]
MARKS = "\u3099\u309aﾞﾟ"
PLAIN = "abzABZ019 @.-+()/:'_,x０１９ＡＺａｚ＠．＿－＋（）／：　"
KANA_AND_KANJI = "ぁがぱんゔゝゞカガパァヴヽー・ｱｶﾊﾝｳｰ山田髙﨑花子𠮷々一二丁目"
ODD = "\t\n\r\u00a0\u1680\u2003\u2011\u2015\u2212\u200b\ufeff①Ⅲ㈱㍿㌢℡゛ﬁé½①\u0301ßİΣ\x1f\x00"
SAYINGS = (
    "", " ", "　", "+81 90-1234-5678", "0081-3-1234-5678", "９０１２３４５６７８", "000-0000-0000", "'123",
    "gid://shopify/Customer/7", "(+81) 0 3 1234 5678 内線12", "090―1234―5678", "03ー1234ー5678/090-1234-5679",
    "090-1111-1111", "010 81 90 1234 5678", "山田　花子", "山田 花子 ", "ﾊﾅｺ", "ﾀﾞ", "か\u3099",
    "か\u200b\u3099", "は\u309a\u3099", "ｱ-ﾔ−ｱ‑ｱ", "1000001", "600000", "10001", "80001", "0000000",
    "〒100-0001", " Ａ.Ｂ＠Example.COM　", "a..b.@docomo.ne.jp", "a\u200b@example.com\t",
)  # fmt: skip
TWINS: dict[str, Callable[[str], str]] = {
    "letters_of": spelling.letters_of,
    "width_of": spelling.width_of,
    "filled": spelling.filled,
    "normalised_mail": spelling.normalised_mail,
    "kana_fold": spelling.kana_fold,
    "with_narrow_digits": spelling.with_narrow_digits,
    "digits_in": spelling.digits_in,
    "phone_of": spelling.phone_of,
    "postcode_of": spelling.postcode_of,
    "code_of": spelling.code_of,
    "keyed_hash": partial(spelling.keyed_hash, KEY),
}


@cache
def cells(number: int, seed: int) -> list[str]:
    """Texts of what people write, of what cp932 has, of any letter, and of what numbers are made of."""
    chance = random.Random(seed)  # noqa: S311  # letters, no secrets
    cp932 = [letter for letter in EVERY if letter.encode("cp932", "ignore")]
    common = [*PLAIN, *KANA_AND_KANJI, *ODD, *MARKS * 4]
    alphabets = (
        common,
        [*common, *chance.choices(cp932, k=len(common))],
        [*common, *map(chr, spelling.LETTERS)],
        [*cp932, *KANA * 4, *MARKS * 200],
        EVERY,
        [*"0123456789" * 3, *"０１９- +81ー－―()（）.　:/x内①"],
        "01234567890123456789-",
    )
    lengths = (chance.randint(0, 16) for _ in range(number))
    return [*SAYINGS, *("".join(chance.choices(chance.choice(alphabets), k=length)) for length in lengths)]


def unlike(macro: str, asked: list[str]) -> list[tuple[str, str | None, str]]:
    """Cells of which Python and SQL make something else."""
    twins = zip(asked, made(macro, asked), map(TWINS[macro], asked), strict=True)
    return [(cell, sql, twin) for cell, sql, twin in twins if (sql or "") != twin]


@pytest.mark.parametrize("macro", sorted(TWINS))
def test_python_and_sql_make_the_same_of_a_cell(macro: str) -> None:
    assert unlike(macro, cells(7000, seed=1)) == []


@pytest.mark.parametrize("macro", ["letters_of", "width_of", "kana_fold", "normalised_mail", "phone_of"])
def test_python_and_sql_make_the_same_of_every_letter_and_of_every_kana_with_a_mark(macro: str) -> None:
    assert unlike(macro, [*EVERY, *(kana + mark for kana in KANA for mark in MARKS)]) == []


@pytest.mark.parametrize("part", ["family", "given"])
def test_python_and_sql_part_a_name_alike(part: str) -> None:
    owns = [own * (at % 2) for at, own in enumerate(cells(5000, seed=4))]
    pairs = [*zip(owns, cells(5000, seed=5), strict=True)]
    parted = text_of(f"name_part('own', 'whole', '{part}')")
    rows = [{"own": own, "whole": whole} for own, whole in pairs]
    query = f"select {parted} from (select t.own as own, t.whole as whole from (select unnest($1) as t))"
    found = [name or "" for (name,) in duckdb.execute(query, [rows]).fetchall()]
    assert found == [spelling.name_part(own, whole, part) for own, whole in pairs]


def test_python_and_sql_know_a_buyer_without_member_id_and_mail_by_the_same_key() -> None:
    names = [name for name in HANDLES if name not in ("order_id", "receiver_name", "receiver_postcode")]
    chance, pool = random.Random(2), cells(1500, seed=3)  # noqa: S311  # cells, no secrets
    phones = [cell for cell in pool if spelling.phone_of(cell) or spelling.postcode_of(cell)]
    rows = [
        {name: chance.choice(phones if name in ("phone", "postcode") and chance.random() < 0.5 else pool)
         for name in names} | {"member_id": "", "mail": ""}
        for _ in range(3000)
    ]  # fmt: skip
    listed = ", ".join(f"t.{name} as {name}" for name in names)
    others = "'' as city, '' as address1, '' as address2, '' as prefecture, '' as sex, '' as birthday"
    told = f"select {listed}, {others} from (select unnest($1) as t)"
    person = f"null as member_id, 'masked' as persons, {text_of('person_cells()')}"
    buyers = text_of("buyer_key_of('true')")
    typed = f"select trim(shop_id) as shop_id, {person} from ({told})"
    found = [key or "" for (key,) in duckdb.execute(f"select {buyers} from ({typed})", [rows]).fetchall()]
    assert found == [buyer_key(KEY, row, spelling.filled(row["shop_id"])) for row in rows]
    assert sum(map(bool, found)) > 1000
