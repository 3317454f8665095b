"""How a person stands in an order of Yahoo!ショッピング: as he wrote himself there."""

from orchestration.demo.buying.orders import Order
from orchestration.demo.chance import draw
from orchestration.demo.people.households import family_mail
from orchestration.demo.people.person import Person, person
from orchestration.demo.people.spelling import city_and_rest, full_name, spelled, written_mail
from orchestration.demo.writing.channels import Channel

ANY_YEAR = 2000  # a mail address knows no age


def buyer_and_receiver(order: Order, buyer: Person) -> dict[str, str]:
    """The cells of Bill… and Ship…; both are the same person."""
    face = spelled(buyer, Channel.YAHOO, int(draw(8, "spelling", order.order_id) == 0))
    city, rest = city_and_rest(face.address1)
    cells = {
        "Name": full_name(face, draw(12, "full name", buyer.number)),
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
    both = {f"{side}{name}": text for side in ("Bill", "Ship") for name, text in cells.items()}
    return {**both, "BillMailAddress": mail(buyer)}


def mail(buyer: Person) -> str:
    """What he wrote at the till: his own address, or the family's."""
    whose = family_mail(buyer.number)
    return written_mail(buyer if whose == buyer.number else person(whose, year=ANY_YEAR), Channel.YAHOO)
