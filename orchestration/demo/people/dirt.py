"""How dirty the demo's data are: how often what people tell of themselves differs by shop and by year."""

from dataclasses import dataclass
from enum import StrEnum

from orchestration.demo.chance import draw

YEAR_OF_A_THOUSAND = 365 * 1000


class Level(StrEnum):
    """`clean`: all write themselves the same everywhere, for ever; `usual`: what a Japanese shop has."""

    CLEAN = "clean"
    USUAL = "usual"
    DIRTY = "dirty"
    FILTHY = "filthy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """Of 1,000 so many."""

    forms: int
    moves: int
    new_phone: int
    marries: int
    second_mail: int
    family_mail: int
    namesake: int
    joins_later: int
    no_phone: int
    dummy_phone: int
    name_slip: int
    kana_slip: int
    mail_slip: int
    phone_slip: int
    kana_name: int
    one_cell: int
    swapped: int
    company: int
    gift: int


# of 1,000: clean, usual, dirty, filthy. 4 in 100 Japanese move in a year and 1 in 100 women takes another
# name; numbers move with the contract, so few change; the rest are our guesses
_TABLE = """
forms        0 1000 1000 1000  people and shops: width, kana, old characters, phone and address as they come
moves        0   45   90  180  households, a year
new_phone    0   15   50  120  households, a year
marries      0   10   25   60  women, a year: another surname, the same mail address
second_mail  0   83  150  250  people and shops
family_mail  0   83  150  250  people who live with somebody: they write his address
namesake     0    2   10   30  people: somebody of the same name lives in the town
joins_later  0  150  300  300  guests with a second order: they become members with it
no_phone     0   20  100  250  people at a mall
dummy_phone  0    3   20   60  forms: 000-0000-0000
name_slip    0    2   10   40  forms
kana_slip    0    4   20   60  forms
mail_slip    0    2   10   40  forms
phone_slip   0    3   15   50  forms
kana_name    0    5   25   60  forms: the given name in kana alone
one_cell     0    5   25   60  forms: 姓 and 名 both in the first cell
swapped      0    2   10   30  forms: 姓 and 名 in each other's cell
company      0    5   20   50  forms: the company before the name
gift         0   16   30   60  orders elsewhere than at EC-CUBE: somebody else receives them
"""


def _rates(column: int) -> Rates:
    rows = (line.split() for line in _TABLE.strip().splitlines())
    return Rates(**{name: int(figures[column]) for name, *figures in rows})


RATES = {level: _rates(column) for column, level in enumerate(Level)}


def falls(rate: int, what: str, number: int) -> bool:
    """Whether it is one of the `rate` in 1,000."""
    return draw(1000, what, number) < rate


def has_come(rate: int, what: str, number: int, *, days: int) -> bool:
    """Whether what comes to `rate` of 1,000 in a year has come to this one within so many days."""
    return rate > 0 and draw(YEAR_OF_A_THOUSAND // rate, what, number) < days


def level(text: str) -> Level:
    """A level by its name or its number.

    Raises:
        ValueError: it is neither.
    """
    return list(Level)[int(text)] if text in ("0", "1", "2", "3") else Level(text)
