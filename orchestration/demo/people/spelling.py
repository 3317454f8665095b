"""How one person writes himself in different shops: each way is right, no two need be equal."""

import re
from dataclasses import replace
from unicodedata import normalize

from orchestration.demo.chance import draw
from orchestration.demo.people.dirt import Rates, falls
from orchestration.demo.people.person import Person

DUMMY_PHONE = "000-0000-0000"
# 㐂, 𠮷 and others do not exist in cp932: only forms that every shop's file can hold
_OLD_FORMS = str.maketrans("高崎辺斎", "髙﨑邊齋")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_BLOCK = re.compile(r"(\d+)-(\d+)-(\d+)(?: (.*))?", re.DOTALL)
_CITY = re.compile(r"(.+?市(?:[^市区町村]{1,4}区)?|.+?区)(.*)", re.DOTALL)
_HALVES = [chr(code) for code in range(0xFF66, 0xFF9E)]
_NARROW = {
    ord(whole): half
    for half in (*_HALVES, *(h + mark for h in _HALVES for mark in "ﾞﾟ"))
    if len(whole := normalize("NFKC", half)) == 1
}


def spelled(person: Person, shop: str, nth: int) -> Person:
    """The person as he writes himself in `shop`; `nth` names a second spelling in the same shop."""

    def sides(count: int, what: str) -> int:
        return draw(count, f"{what} {shop} {nth}", person.number)

    is_old = sides(3, "old forms") == 0
    return replace(
        person,
        family_name=person.family_name.translate(_OLD_FORMS) if is_old else person.family_name,
        family_kana=kana(person.family_kana, sides(8, "kana")),
        given_kana=kana(person.given_kana, sides(8, "kana")),
        phone=phone(person.phone, sides(8, "phone")),
        address2=address(person.address2, sides(8, "address")),
    )


def kana(text: str, way: int) -> str:
    """Full width, half width or hiragana."""
    if way == 0:
        return text.translate(_NARROW)
    if way == 1:
        return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in text)
    return text


def phone(digits: str, way: int) -> str:
    """Eleven digits with or without dashes, abroad's way, in brackets, or full width."""
    if digits in ("", DUMMY_PHONE):
        return digits
    first, middle, last = phone_parts(digits)
    ways = {
        0: f"{first}-{middle}-{last}",
        1: f"+81{digits[1:]}",
        2: f"{first}({middle}){last}",
        3: digits.translate(_WIDE),
        4: f"{first}－{middle}－{last}".translate(_WIDE),
    }
    return ways.get(way, digits)


def phone_parts(digits: str) -> tuple[str, str, str]:
    """As forms with three boxes have it."""
    if digits == DUMMY_PHONE:
        return ("000", "0000", "0000")
    return digits[:4], digits[4:7], digits[7:]


def address(text: str, way: int) -> str:
    """丁目 or dashes, full or half width, with or without the building."""
    found = _BLOCK.fullmatch(text)
    if not found:
        return text
    chome, ban, go, building = found.groups()
    rest = f" {building}" if building else ""
    ways = {
        0: f"{chome}丁目{ban}番{go}号{rest}",
        1: f"{chome}丁目{ban}-{go}{rest}",
        2: f"{chome}－{ban}－{go}{rest}".translate(_WIDE),
        3: f"{chome}-{ban}-{go}",
    }
    return ways.get(way, text)


def city_and_rest(text: str) -> tuple[str, str]:
    """市区 and what follows it, for forms with a box for each."""
    found = _CITY.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def full_name(person: Person, way: int) -> str:
    """In one cell: with a blank of either width, without one, or in Roman letters (from the mail address)."""
    family, given = person.family_name, person.given_name
    roman = person.mail.split("@")[0].split(".")
    ways = {
        0: f"{family}　{given}",
        1: f"{family}{given}",
        2: f"{roman[1]} {roman[0]}".upper() if len(roman) > 1 else f"{family} {given}",
    }
    return ways.get(way, f"{family} {given}")


def written_mail(number: int, mail: str, shop: str, rates: Rates) -> str:
    """His address, now and then with capitals; a few have a second one for other shops."""
    if falls(rates.second_mail, f"second mail {shop}", number):
        return mail.replace("@", "+shop@")
    if rates.forms and draw(25, f"capitals {shop}", number) == 0:
        local, domain = mail.split("@")
        return f"{local.title()}@{domain}"
    return mail


def masked_mail(number: int, domain: str, sight: int) -> str:
    """What a mall shows instead; most buyers keep theirs, some get another with each order (`sight`)."""
    changes = draw(10, "mask changes", number) == 0
    letters = f"{draw(16**12, f'mask {domain}', number * 1000 + (sight % 1000 if changes else 0)):012x}"
    return f"{letters}@{domain}"
