from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.demo.people import spelling
from orchestration.demo.people.dirt import RATES, Level
from orchestration.demo.people.households import at_home, head
from orchestration.demo.people.person import person

PEOPLE = [at_home(number, year=2026) for number in range(1, 3001)]


@pytest.mark.parametrize(
    ("way", "written"),
    [
        (0, "0900-123-4567"), (1, "+819001234567"), (2, "0900(123)4567"), (3, "０９００１２３４５６７"),
        (4, "０９００－１２３－４５６７"), (7, "09001234567"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_in_many_ways(way: int, written: str) -> None:
    assert spelling.phone("09001234567", way) == written


@pytest.mark.parametrize(
    ("way", "written"),
    [
        (0, "1丁目20番3号 十字館101"), (1, "1丁目20-3 十字館101"), (2, "１－２０－３　十字館１０１"),
        (3, "1-20-3"), (7, "1-20-3 十字館101"),
    ],
)  # fmt: skip
def test_an_address_is_written_in_many_ways(way: int, written: str) -> None:
    assert spelling.address("1-20-3 十字館101", way) == written


@pytest.mark.parametrize(("way", "written"), [(0, "ﾔﾏｻﾞｷ"), (1, "やまざき"), (2, "ヤマザキ")])
def test_kana_are_narrow_round_or_plain(way: int, written: str) -> None:
    assert spelling.kana("ヤマザキ", way) == written


@given(st.text(alphabet=[chr(code) for code in range(0x30A1, 0x30F5)]))
def test_narrow_kana_are_the_same_letters(text: str) -> None:
    """ヮヰヱヵヶ have no narrow form and stay."""
    assert normalize("NFKC", spelling.kana(text, 0)) == text


def test_a_name_in_one_cell_has_a_blank_or_none_or_is_roman() -> None:
    someone = person(3, year=2026)
    ways = [spelling.full_name(someone, way) for way in (0, 1, 2, 9)]
    family, given = someone.family_name, someone.given_name
    assert ways[:2] + ways[3:] == [f"{family}　{given}", family + given, f"{family} {given}"]
    assert ways[2].isascii()
    assert ways[2].isupper()


def test_city_and_rest_come_apart_everywhere() -> None:
    for someone in PEOPLE:
        city, rest = spelling.city_and_rest(someone.address1)
        assert city.endswith(("市", "区"))
        assert rest
        assert city + rest == someone.address1


def test_the_same_person_writes_himself_differently_in_different_shops() -> None:
    faces = [(spelling.spelled(one, "yahoo", 0), spelling.spelled(one, "shopify", 0), one) for one in PEOPLE]
    assert 0.3 < sum(yahoo != shopify for yahoo, shopify, _ in faces) / len(faces) < 0.95
    assert any(yahoo.family_name != one.family_name for yahoo, _, one in faces)
    assert all(yahoo.number == one.number and yahoo.mail == one.mail for yahoo, _, one in faces)
    for yahoo, *_ in faces:
        assert f"{yahoo.family_name}{yahoo.family_kana}{yahoo.address2}".encode("cp932")


def test_one_in_ten_lives_with_somebody_and_shares_phone_and_address() -> None:
    guests = [one for one in PEOPLE if head(one.number) != one.number]
    assert 0.08 < len(guests) / len(PEOPLE) < 0.14
    for one in guests:
        host = PEOPLE[head(one.number) - 1]
        assert head(host.number) == host.number
        assert (one.phone, one.postcode, one.address1) == (host.phone, host.postcode, host.address1)
        assert one.mail != host.mail
    assert sum(one.family_name == PEOPLE[one.number - 2].family_name for one in guests) / len(guests) > 0.7


def test_every_address_is_nobodys() -> None:
    for one in PEOPLE:
        for shop in ("shopify", "yahoo"):
            assert spelling.written_mail(one.number, one.mail, shop, RATES[Level.FILTHY]).endswith(
                "@example.com"
            )
        assert spelling.masked_mail(one.number, "pc.fw.rakuten.ne.jp", 5).endswith("@pc.fw.rakuten.ne.jp")


def test_most_masks_stay_and_some_change_with_every_order() -> None:
    kept = sum(len({spelling.masked_mail(n, "x", sight) for sight in range(5)}) == 1 for n in range(1000))
    assert 850 < kept < 950
