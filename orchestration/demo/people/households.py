"""Who lives with whom: a household shares its telephone and its address, mostly its surname, never a name."""

from dataclasses import replace

from orchestration.demo.chance import draw
from orchestration.demo.people.person import GIVEN, Person, gender_of, person

OTHER_SURNAME_SIDES = 6


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
    return _named_apart(
        replace(together, family_name=host.family_name, family_kana=host.family_kana), host.given_name
    )


def _named_apart(someone: Person, taken: str) -> Person:
    """No two in a house have the same name in full."""
    if someone.given_name != taken:
        return someone
    name, kana, _ = next(given for given in GIVEN[gender_of(someone.number)] if given[0] != taken)
    return replace(someone, given_name=name, given_kana=kana)


def _moves_in(number: int) -> bool:
    return number > 1 and draw(8, "household", number) == 0
