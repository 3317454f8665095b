"""How a person stands in an order of Shopify: as he wrote himself at the till."""

from orchestration.demo.buying.orders import Order
from orchestration.demo.chance import draw
from orchestration.demo.people.forms import SHOPIFY, at_till
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.person import Person
from orchestration.demo.people.spelling import city_and_rest

ACCEPTS_PERCENT = 40


def buyer_and_receiver(order: Order, pen: Pen) -> dict[str, str]:
    """The cells of Billing… and Shipping…; mostly both are the same person."""
    day = order.ordered_at.date()
    form = at_till(SHOPIFY, order.order_id, day, is_guest=False)
    friend = pen.friend(order.order_id, day)
    buyer = _cells(pen.written(form), pen.full_name(form))
    receiver = _cells(friend, f"{friend.family_name} {friend.given_name}") if friend else buyer
    sides = {"Billing": buyer, "Shipping": receiver}
    both = {f"{side} {name}": text for side, cells in sides.items() for name, text in cells.items()}
    return {**both, "Accepts Marketing": accepts(pen.person), "Phone": ""}


def _cells(face: Person, full_name: str) -> dict[str, str]:
    city, rest = city_and_rest(face.address1)
    return {
        "Name": full_name,
        "Street": f"{rest} {face.address2}",
        "Address1": rest,
        "Address2": face.address2,
        "Company": face.company,
        "City": city,
        "Zip": f"'{face.postcode}",
        "Province": f"JP-{int(face.prefecture_id):02}",
        "Country": "JP",
        "Phone": f"'{face.phone}" if face.phone.startswith("+") else face.phone,
        "Province Name": face.prefecture,
    }


def accepts(person: Person) -> str:
    """`yes` or `no`; since when is not told."""
    return "yes" if draw(100, "shopify mail", person.number) < ACCEPTS_PERCENT else "no"
