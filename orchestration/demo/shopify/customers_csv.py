"""customers_export.csv of Shopify: 20 columns, a row for everybody who ever ordered; formats.md 2.2."""

from collections.abc import Iterator

from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.stories import Story
from orchestration.demo.people.person import Person
from orchestration.demo.people.spelling import city_and_rest, spelled, written_mail
from orchestration.demo.shopify.header import CUSTOMER_NAMES
from orchestration.demo.shopify.orders_csv import accepts
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
    yield quoting.shopify((*_who(story.person), "", "no", str(spent), str(len(known)), "", "no", tags))


def _who(person: Person) -> tuple[str, ...]:
    """The columns up to the default address; the mail address is not touched by the second spelling."""
    face = spelled(person, Channel.SHOPIFY, 0)
    city, rest = city_and_rest(face.address1)
    return (
        f"'{customer_id(face.number)}",
        face.given_name,
        face.family_name,
        written_mail(person, Channel.SHOPIFY),
        accepts(person),
        face.company,
        rest,
        face.address2,
        city,
        f"JP-{int(face.prefecture_id):02}",
        "JP",
        f"'{face.postcode}",
        f"'{face.phone}" if face.phone.startswith("+") else face.phone,
    )
