"""customers_export.csv of Shopify: 20 columns, a row for everybody who ever ordered; formats.md 2.2."""

from collections.abc import Iterator
from datetime import date

from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.stories import Story
from orchestration.demo.people.forms import SHOPIFY, account
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.spelling import city_and_rest
from orchestration.demo.shopify.buyers import accepts
from orchestration.demo.shopify.header import CUSTOMER_NAMES
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

FIRST_ID = 7_210_000_000_000


def header() -> bytes:
    """The header row."""
    return quoting.shopify(CUSTOMER_NAMES)


def customer_id(number: int) -> str:
    """The shop's number for a customer."""
    return str(FIRST_ID + number)


def rows(story: Story, night: Night) -> Iterator[bytes]:
    """This person's row, if he has ordered before the night; ids and post codes carry a leading quote."""
    known = [o for o in story.counters.get(Channel.SHOPIFY, ()) if night.knows(o.ordered_at)]
    if not known:
        return
    spent = sum(o.yen(*Kind) for o in known if o.fate_by(night.until) is None)
    tags = "staff" if story.is_staff else ""
    who = _who(story.pen, known[-1].ordered_at.date())
    yield quoting.shopify((*who, "", "no", str(spent), str(len(known)), "", "no", tags))


def _who(pen: Pen, day: date) -> tuple[str, ...]:
    """The columns up to the default address, as he kept them up with his last order."""
    form = account(SHOPIFY, day)
    face = pen.written(form)
    city, rest = city_and_rest(face.address1)
    return (
        f"'{customer_id(face.number)}",
        face.given_name,
        face.family_name,
        pen.mail(form),
        accepts(pen.person),
        face.company,
        rest,
        face.address2,
        city,
        f"JP-{int(face.prefecture_id):02}",
        "JP",
        f"'{face.postcode}",
        f"'{face.phone}" if face.phone.startswith("+") else face.phone,
    )
