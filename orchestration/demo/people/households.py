"""Who lives with whom: a household shares its telephone and its address, and mostly its surname."""

from dataclasses import replace

from orchestration.demo.chance import draw
from orchestration.demo.people.person import Person, person

OTHER_SURNAME_SIDES = 6
SHARED_MAIL_SIDES = 12


def head(number: int) -> int:
    """Whose household customer `number` lives in; mostly his own."""
    return number - 1 if _moves_in(number) and not _moves_in(number - 1) else number


def at_home(number: int, *, year: int) -> Person:
    """The person behind a customer number, in his household; mail stays his own."""
    alone = person(number, year=year)
    if head(number) == number:
        return alone
    host = person(head(number), year=year)
    together = replace(
        alone,
        postcode=host.postcode,
        prefecture_id=host.prefecture_id,
        prefecture=host.prefecture,
        address1=host.address1,
        address2=host.address2,
        phone=host.phone,
    )
    if draw(OTHER_SURNAME_SIDES, "other surname", number) == 0:
        return together
    return replace(together, family_name=host.family_name, family_kana=host.family_kana)


def family_mail(number: int) -> int:
    """Whose mail address he writes where a shop asks for any: now and then the head's."""
    return head(number) if draw(SHARED_MAIL_SIDES, "family mail", number) == 0 else number


def _moves_in(number: int) -> bool:
    return number > 1 and draw(8, "household", number) == 0
