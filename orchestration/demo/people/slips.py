"""What goes wrong at the keyboard: never into the name, number or address of somebody else."""

from dataclasses import replace

from orchestration.demo.chance import draw
from orchestration.demo.people.dirt import Rates, falls
from orchestration.demo.people.person import Person

WRONG_DIGIT = 6_000_000


def slipped(someone: Person, rates: Rates, form: str) -> Person:
    """The person as his fingers wrote him into the form of that name, which he filled in once."""

    def slips(rate: int, what: str) -> bool:
        return falls(rate, f"{what} slip {form}", someone.number)

    where = draw(1000, f"slip {form}", someone.number)
    if slips(rates.name_slip, "name"):
        someone = _named(someone, where)
    if slips(rates.kana_slip, "kana"):
        someone = replace(someone, given_kana=confused(someone.given_kana, where))
    if slips(rates.phone_slip, "phone"):
        someone = replace(someone, phone=misdialled(someone.phone, where))
    return someone


def _named(someone: Person, where: int) -> Person:
    if where % 2:
        return replace(someone, given_name=confused(someone.given_name, where))
    return replace(someone, family_name=confused(someone.family_name, where))


def confused(text: str, where: int) -> str:
    """Two neighbours have changed places, or one stands twice where they are the same or alone."""
    at = where % max(1, len(text) - 1)
    turned = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    return turned if turned != text else text[:at] + text[at : at + 1] + text[at:]


def misdialled(digits: str, where: int) -> str:
    """One 0 too few, or a wrong digit where nobody's number has it: still nobody else's number."""
    return f"090{digits[4:]}" if where % 2 else f"0900{int(digits[4:]) + WRONG_DIGIT:07}"


def mistyped(mail: str, where: int) -> str:
    """Wrong letters before the person's own number: still nobody else's address."""
    local, _, domain = mail.partition("@")
    letters, dot, number = local.rpartition(".")
    return f"{confused(letters, where)}{dot}{number}@{domain}"
