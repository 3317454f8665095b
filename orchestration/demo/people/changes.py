"""What the years change: people move, get another telephone number, another surname."""

from dataclasses import replace
from datetime import date

from orchestration.demo.chance import pick
from orchestration.demo.people.dirt import Rates, falls, has_come
from orchestration.demo.people.households import at_home, head
from orchestration.demo.people.person import FAMILIES, Person, gender_of, person

MOVED_FROM = 20_000_000
ANY_YEAR = 2000  # a house and a mail address know no age
NEW_NUMBERS_FROM = 3_000_000


def by_then(someone: Person, rates: Rates, *, begin: date, day: date) -> Person:
    """The person on a day of a shop that has been there since `begin`; a household moves as one."""
    days, house = (day - begin).days, head(someone.number)
    if has_come(rates.moves, "moves", house, days=days):
        someone = _housed(someone, person(MOVED_FROM + house, year=ANY_YEAR))
    if has_come(rates.new_phone, "new phone", house, days=days):
        someone = replace(someone, phone=f"0900{NEW_NUMBERS_FROM + house:07}")
    if gender_of(someone.number) == "2" and has_come(rates.marries, "marries", someone.number, days=days):
        name, kana, _ = pick(FAMILIES, "married name", someone.number)
        someone = replace(someone, family_name=name, family_kana=kana)
    return someone


def with_namesake(someone: Person, rates: Rates, *, year: int) -> Person:
    """Now and then somebody who lives alone has the name of his predecessor, and lives in the same town."""
    number = someone.number
    alone = number > 1 and head(number) == number and head(number + 1) != number
    if not alone or not falls(rates.namesake, "namesake", number):
        return someone
    other = at_home(number - 1, year=year)
    return replace(
        other,
        number=number,
        is_guest=someone.is_guest,
        address2=someone.address2,
        phone=someone.phone,
        mail=f"{other.mail.rpartition('.')[0].rpartition('.')[0]}.{number:05}@example.com",
        birthday=someone.birthday,
    )


def _housed(someone: Person, there: Person) -> Person:
    return replace(
        someone,
        postcode=there.postcode,
        prefecture_id=there.prefecture_id,
        prefecture=there.prefecture,
        address1=there.address1,
        address2=there.address2,
    )
