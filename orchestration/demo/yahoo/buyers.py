"""How a person stands in an order of Yahoo!ショッピング: as he wrote himself there."""

from orchestration.demo.buying.orders import Order
from orchestration.demo.people.forms import YAHOO, account, at_till
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.person import Person
from orchestration.demo.people.spelling import city_and_rest


def buyer_and_receiver(order: Order, pen: Pen) -> dict[str, str]:
    """The cells of Bill… and Ship…; mostly both are the same person."""
    day = order.ordered_at.date()
    form = at_till(YAHOO, order.order_id, day, is_guest=False)
    buyer = _cells(pen.written(form), pen.full_name(form))
    friend = pen.friend(order.order_id, day)
    receiver = _cells(friend, f"{friend.family_name} {friend.given_name}") if friend else buyer
    sides = {"Bill": buyer, "Ship": receiver}
    both = {f"{side}{name}": text for side, cells in sides.items() for name, text in cells.items()}
    return {**both, "BillMailAddress": pen.mail(account(YAHOO, day))}


def _cells(face: Person, full_name: str) -> dict[str, str]:
    city, rest = city_and_rest(face.address1)
    return {
        "Name": full_name,
        "FirstName": face.given_name,
        "LastName": face.family_name,
        "Address1": rest,
        "Address2": face.address2,
        "City": city,
        "Prefecture": face.prefecture,
        "ZipCode": face.postcode,
        "NameKana": f"{face.family_kana} {face.given_kana}",
        "FirstNameKana": face.given_kana,
        "LastNameKana": face.family_kana,
        "PhoneNumber": face.phone,
    }
