from orchestration.demo.buying.goods import CATALOGUE
from orchestration.demo.people.person import Person, person, person_cells

PEOPLE = [person(number, year=1997) for number in range(1, 2001)]


def test_a_person_is_the_same_whoever_else_was_asked_for() -> None:
    assert [person(number, year=1997) for number in (1500, 3)] == [PEOPLE[1499], PEOPLE[2]]


def test_mail_addresses_and_telephone_numbers_are_unique_and_nobodys() -> None:
    assert len({someone.mail for someone in PEOPLE}) == len({someone.phone for someone in PEOPLE}) == 2000
    assert all(someone.mail.endswith("@example.com") for someone in PEOPLE)
    assert all(someone.phone.startswith("0900") and len(someone.phone) == 11 for someone in PEOPLE)


def test_every_prefecture_is_lived_in() -> None:
    lived_in = {(int(someone.prefecture_id), someone.prefecture) for someone in PEOPLE}
    assert sorted(number for number, _ in lived_in) == list(range(1, 48))
    assert {(1, "北海道"), (13, "東京都"), (47, "沖縄県")} <= lived_in


def test_one_in_ten_is_a_guest() -> None:
    assert 160 <= sum(someone.is_guest for someone in PEOPLE) <= 240
    assert all((someone.member_id == "") == someone.is_guest for someone in PEOPLE)


def test_a_person_fits_the_vendors_encoding_and_its_seventeen_columns() -> None:
    def encoded(someone: Person) -> list[bytes]:
        return [cell.encode("cp932") for cell in person_cells(someone)]

    assert {len(encoded(someone)) for someone in PEOPLE} == {17}


def test_the_quoting_trap_occurs_in_addresses_and_in_product_names() -> None:
    assert any('ソ"' in someone.address2 for someone in PEOPLE)
    assert any(b"\\" in someone.address1.encode("cp932") for someone in PEOPLE)
    for trap in ('ソ"', '十"', '予"', "🎵"):
        assert any(trap in disc.name for disc in CATALOGUE)
