"""Names and kana for comparing: people who write themselves differently become one, others do not."""

import pytest
from jaconv import h2z, hira2kata
from macros import made, text_of

from orchestration.demo.people.person import person
from orchestration.demo.people.spelling import address, kana, phone, spelled

PEOPLE = [person(number, year=1997) for number in range(1, 300)]
SHOPS = ("eccube", "shopify", "rakuten", "yahoo", "colorme")


@pytest.mark.parametrize(
    ("cells", "fold"),
    [
        (("高橋太郎", "髙橋太郎", "髙橋　太郎", " 高橋 太郎"), "高橋太郎"),
        (("山崎", "山﨑", "山嵜"), "山崎"),
        (("渡辺", "渡邊", "渡邉"), "渡辺"),
        (("斎藤", "齋藤", "齊藤", "斉藤"), "斎藤"),
        (("浜田", "濱田", "濵田"), "浜田"),
        (("沢", "澤"), "沢"),
        (("広国真柳徳", "廣國眞栁德"), "広国真柳徳"),
        (("吉野喜", "𠮷野㐂"), "吉野喜"),
        (("佐佐木", "佐々木"), "佐佐木"),
        (("山田サクラ", "山田さくら", "山田ｻｸﾗ"), "山田サクラ"),
        (("TAROYAMADA", "Taro Yamada", "Ｔａｒｏ　ｙａｍａｄａ"), "TAROYAMADA"),
        (("マリアホセ", "マリア・ホセ", "ﾏﾘｱ･ﾎｾ"), "マリアホセ"),
        (("十字屋", "㈱十字屋", "(株)十字屋", "（株）十字屋", "株式会社十字屋", "十字屋 株式会社", "㍿十字屋",
         "有限会社十字屋",
          "㈲十字屋", "合同会社十字屋"), "十字屋"),
        (("神谷", "\ufa19谷", "神\u2f95"), "神谷"),
        (("株式会社", "　"), None),
    ],
)  # fmt: skip
def test_one_name(cells: tuple[str, ...], fold: str | None) -> None:
    assert made("name_fold", cells) == [fold] * len(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("畑山", "畠山"),
        ("藤", "籐"),
        ("船木", "舟木"),
        ("大坂", "大阪"),
        ("佐木", "佐々木"),
        ("株木", "木"),
        ("社", "法"),
        ("川崎", "川碕"),
    ],
)
def test_other_names_stay_other_names(cells: tuple[str, str]) -> None:
    assert len(set(made("name_fold", cells))) == 2


def test_no_old_form_is_the_new_form_of_another() -> None:
    groups = [group for name in ("variants_often", "variants") for group in text_of(f"{name}()").split()]
    old = [letter for group in groups for letter in group[1:]]
    assert len(old) == len(set(old)) > 250
    assert not {group[0] for group in groups} & set(old)


@pytest.mark.parametrize(
    ("cells", "fold"),
    [
        (("ヤマダタロウ", "ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ　たろう", "ヤマダ　タロウ"), "ヤマダタロウ"),
        (("パヴァ", "ﾊﾟｳﾞｧ", "ぱゔぁ"), "パヴァ"),
        (("サトー", "ｻﾄｰ", "サト－", "サト-", "サト―", "さとー"), "サトー"),
        (("キョウコ",), "キョウコ"),
        (("キヨウコ",), "キヨウコ"),
        (("ロード",), "ロード"),
    ],
)
def test_one_reading(cells: tuple[str, ...], fold: str) -> None:
    assert made("kana_fold", cells) == [fold] * len(cells)


def test_kana_are_what_jaconv_makes_of_them() -> None:
    cells = [half for someone in PEOPLE for half in (kana(someone.family_kana, way) for way in range(3))]
    assert made("kana_fold", cells) == [hira2kata(h2z(cell)) for cell in cells]


@pytest.mark.parametrize("shop", SHOPS)
def test_every_spelling_of_a_person_is_the_same_person(shop: str) -> None:
    others = [spelled(someone, shop, nth=2) for someone in PEOPLE]
    assert others != PEOPLE
    for macro, name in (("name_fold", "family_name"), ("kana_fold", "family_kana"), ("kana_fold",
    "given_kana"),
                        ("phone_of", "phone"), ("address_fold", "address2")):  # fmt: skip
        plain, other = ([getattr(someone, name) for someone in people] for people in (PEOPLE, others))
        assert made(macro, other) == made(macro, plain)


@pytest.mark.parametrize("way", range(5))
def test_every_way_to_write_a_number_is_one(way: int) -> None:
    homes = [person.address1 + person.address2 for person in PEOPLE]
    others = [person.address1 + address(person.address2, way) for person in PEOPLE]
    assert made("address_fold", others) == made("address_fold", homes)
    phones = [person.phone for person in PEOPLE]
    assert made("phone_of", [phone(digits, way) for digits in phones]) == phones
