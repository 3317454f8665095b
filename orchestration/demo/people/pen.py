"""One person's hand: what he means to write on a day, and what stands in the shops' files."""

from dataclasses import dataclass, replace
from datetime import date

from orchestration.demo.chance import draw
from orchestration.demo.people.changes import ANY_YEAR, by_then
from orchestration.demo.people.dirt import Rates, falls
from orchestration.demo.people.forms import ECCUBE, MALLS, SHOPIFY, Form, filled_in, is_dummy
from orchestration.demo.people.households import head
from orchestration.demo.people.person import Person, person
from orchestration.demo.people.slips import mistyped, slipped
from orchestration.demo.people.spelling import full_name, spelled, written_mail

FRIENDS_FROM, FRIENDS = 9_000_000, 900_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pen:
    """A person in a shop that has been there since `begin`, and how often words go astray there."""

    person: Person
    rates: Rates
    begin: date

    def meant(self, form: Form) -> Person:
        """Who he was on the day and what his fingers made of it: no more can be known from the form."""
        now = by_then(self.person, self.rates, begin=self.begin, day=form.day)
        told = slipped(now, self.rates, form.name)
        is_silent = form.shop in MALLS and falls(self.rates.no_phone, f"no phone {form.shop}", told.number)
        return replace(told, phone="") if is_silent or is_dummy(told.number, self.rates, form) else told

    def written(self, form: Form) -> Person:
        """The same in the cells of the file; EC-CUBE takes digits and katakana alone and knows members."""
        face = filled_in(self.meant(form), self.rates, form)
        if not self.rates.forms or form.is_membership:
            return face
        loose = spelled(face, form.shop, form.nth)
        if form.shop != ECCUBE:
            return loose
        return replace(loose, phone=face.phone, family_kana=face.family_kana, given_kana=face.given_kana)

    def full_name(self, form: Form) -> str:
        """In one cell."""
        way = draw(12, "full name", self.person.number) if self.rates.forms else -1
        return full_name(self.written(form), way).strip()

    def mail(self, form: Form) -> str:
        """His own address, the family's or a second one; EC-CUBE has its members confirm theirs."""
        number = self.person.number
        if form.is_membership:
            return self.person.mail
        mail = self._owner(form.shop).mail
        if form.shop != ECCUBE:
            mail = written_mail(number, mail, form.shop, self.rates)
        slips = falls(self.rates.mail_slip, f"mail slip {form.name}", number)
        return mistyped(mail, draw(1000, f"mail {form.name}", number)) if slips else mail

    def _owner(self, shop: str) -> Person:
        """At Shopify everybody has an address of his own: it is what the shop knows him by."""
        number = self.person.number
        shares = shop != SHOPIFY and head(number) != number
        shares = shares and falls(self.rates.family_mail, "family mail", number)
        return person(head(number), year=ANY_YEAR) if shares else self.person

    def friend(self, order_id: int, day: date) -> Person | None:
        """Who gets what he orders elsewhere than at EC-CUBE; None: he himself."""
        return friend(order_id, day) if falls(self.rates.gift, "sends", order_id) else None


def friend(order_id: int, day: date) -> Person:
    """Whom a gift goes to: nobody's customer number."""
    return person(FRIENDS_FROM + draw(FRIENDS, "friend", order_id), year=day.year)
