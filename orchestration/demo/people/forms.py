"""How a form's cells are filled: the right words, each in a cell that some people choose."""

from dataclasses import dataclass, replace
from datetime import date

from orchestration.demo.chance import draw, pick
from orchestration.demo.people.dirt import Rates, falls
from orchestration.demo.people.person import COMPANIES, Person
from orchestration.demo.people.spelling import DUMMY_PHONE, kana

ECCUBE, RAKUTEN, SHOPIFY, YAHOO = "eccube", "rakuten", "shopify", "yahoo"
MALLS = (RAKUTEN, YAHOO)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What a shop asks for, filled in once (`nth` 0: for the account) and kept up as things are on a day."""

    shop: str
    nth: int
    day: date

    @property
    def name(self) -> str:
        """Names what chance decides about it."""
        return f"{self.shop} {self.nth}"

    @property
    def is_membership(self) -> bool:
        """Whether it is EC-CUBE's own."""
        return self.shop == ECCUBE and self.nth == 0


def account(shop: str, day: date) -> Form:
    """What he keeps with the shop."""
    return Form(shop=shop, nth=0, day=day)


def at_till(shop: str, order_id: int, day: date, *, is_guest: bool) -> Form:
    """What an order shows: a guest of EC-CUBE writes anew, elsewhere one in eight has a second face."""
    if shop == ECCUBE:
        return Form(shop=shop, nth=order_id if is_guest else 0, day=day)
    return Form(shop=shop, nth=int(draw(8, "spelling", order_id) == 0), day=day)


def is_dummy(number: int, rates: Rates, form: Form) -> bool:
    """Whether he keeps his telephone number to himself."""
    return falls(rates.dummy_phone, f"dummy phone {form.name}", number)


def filled_in(someone: Person, rates: Rates, form: Form) -> Person:
    """The person in the cells of a form; EC-CUBE insists on a given name."""

    def falls_here(rate: int, what: str) -> bool:
        return falls(rate, f"{what} {form.name}", someone.number)

    if is_dummy(someone.number, rates, form):
        someone = replace(someone, phone=DUMMY_PHONE.replace("-", "") if form.shop == ECCUBE else DUMMY_PHONE)
    if falls_here(rates.kana_name, "kana name"):
        someone = replace(someone, given_name=kana(someone.given_kana, 1))
    if falls_here(rates.company, "company"):
        company = someone.company or pick(COMPANIES, "company", someone.number)
        someone = replace(someone, family_name=f"{company}　{someone.family_name}")
    if form.shop != ECCUBE and falls_here(rates.one_cell, "one cell"):
        return replace(someone, family_name=f"{someone.family_name}　{someone.given_name}", given_name="")
    return _turned(someone) if falls_here(rates.swapped, "swapped") else someone


def _turned(someone: Person) -> Person:
    return replace(
        someone,
        family_name=someone.given_name,
        given_name=someone.family_name,
        family_kana=someone.given_kana,
        given_kana=someone.family_kana,
    )
