"""Invented Japanese people; names, towns and buildings come from Faker's ja_JP providers."""

from dataclasses import dataclass, fields
from operator import attrgetter

from orchestration.demo import INSTALL
from orchestration.demo.chance import draw, pick
from orchestration.demo.people.places import PLACES

try:
    from faker.providers.address.ja_JP import Provider as Addresses
    from faker.providers.person.ja_JP import Provider as Names
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(f"faker is not installed: {INSTALL}") from missing

FAMILIES = tuple(Names.last_name_pairs)
GIVEN = {"1": tuple(Names.first_name_male_pairs), "2": tuple(Names.first_name_female_pairs)}
# 表 十 能 予 ソ: their second byte is 0x5C, the vendor's quoting trap
TOWNS = (*Addresses.towns, *(("表町", "十条", "能見台", "予科町") * 8))
BUILDINGS = (*Addresses.building_names, "メゾン・ド・ソレイユ", 'メゾン・ド・ソ"レイユ"', "十字館")
COMPANIES = ("株式会社十字屋", "合同会社表具店", '有限会社"音楽堂"')
SEXES = {"1": "男性", "2": "女性", "4": "回答しない"}
JOBS = (
    ("3", "コンピューター関連技術職"),
    ("8", "総務・人事・事務"),
    ("9", "営業・販売"),
    ("16", "学生・フリーター"),
    ("17", "主婦"),
    ("18", "その他"),
    ("", ""),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A customer: his number, whether he buys as a guest, then the vendor's 17 columns in their order.

    Mail addresses are unique and nobody's; so are telephone numbers, for no Japanese one begins with 0900.
    """

    number: int
    is_guest: bool
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    company: str
    postcode: str
    prefecture_id: str
    prefecture: str
    address1: str
    address2: str
    mail: str
    phone: str
    sex_id: str
    sex: str
    job_id: str
    job: str
    birthday: str

    @property
    def member_id(self) -> str:
        """会員ID: blank for a guest."""
        return "" if self.is_guest else str(self.number)


person_cells = attrgetter(*[field.name for field in fields(Person)][2:])


def person(number: int, *, year: int) -> Person:
    """The person behind a customer number who first buys in `year`, 18 to 77 years old in it."""
    gender = gender_of(number)
    family_name, family_kana, family_roman = pick(FAMILIES, "family", number)
    given_name, given_kana, given_roman = pick(GIVEN[gender], "given", number)
    place = pick(PLACES, "place", number)
    sex_id = "4" if draw(20, "silent about sex", number) == 0 else gender
    job_id, job = pick(JOBS, "job", number)
    return Person(
        number=number,
        is_guest=draw(10, "guest", number) == 0,
        family_name=family_name,
        given_name=given_name,
        family_kana=family_kana,
        given_kana=given_kana,
        company=pick(COMPANIES, "company", number) if draw(40, "has company", number) == 0 else "",
        postcode=f"{place.postcode_start}{draw(10_000, 'postcode', number):04}",
        prefecture_id=str(place.prefecture_id),
        prefecture=place.prefecture,
        address1=place.city + pick(TOWNS, "town", number),
        address2=_house(number),
        mail=f"{family_roman}.{given_roman}.{number:05}@example.com".lower(),
        phone=f"0900{number:07}",
        sex_id=sex_id,
        sex=SEXES[sex_id],
        job_id=job_id,
        job=job,
        birthday=_birthday(number, year),
    )


def gender_of(number: int) -> str:
    """性別(ID), 1 or 2, told or not."""
    return pick(("1", "2"), "gender", number)


def _house(number: int) -> str:
    block = "-".join(str(1 + draw(20, part, number)) for part in ("chome", "ban", "go"))
    if draw(3, "flat", number):
        return block
    return f"{block} {pick(BUILDINGS, 'building', number)}{101 + draw(800, 'room', number)}"


def _birthday(number: int, year: int) -> str:
    if draw(10, "silent about age", number) == 0:
        return ""
    born = year - 18 - draw(60, "age", number)
    return f"{born}-{1 + draw(12, 'month', number):02}-{1 + draw(28, 'day', number):02} 00:00:00"
