"""What is true of one person, as rows."""

from collections.abc import Iterator
from datetime import date

from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.orders import Order, Purpose
from orchestration.demo.buying.progress import CANCELLED, RETURNED
from orchestration.demo.buying.stories import Story
from orchestration.demo.eccube.files import face_of
from orchestration.demo.office.goods import order_id
from orchestration.demo.people.forms import account
from orchestration.demo.people.spelling import masked_mail
from orchestration.demo.rakuten.orders_csv import MASK
from orchestration.demo.shopify.customers_csv import customer_id
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

Row = dict[str, object]
FATES = {CANCELLED: "cancelled", RETURNED: "returned", 7: "abandoned", 8: "abandoned"}


def people(story: Story) -> Iterator[Row]:
    """The person; `purchases` and `first_on` tell of all that he ever buys by himself, known yet or not."""
    person = story.person
    yield {
        "number": person.number,
        "household": story.household,
        "is_staff": story.is_staff,
        "is_guest": person.is_guest,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "mail": person.mail,
        "phone": person.phone,
        "purchases": story.purchases,
        "first_on": story.first_on,
        "churned_on": story.churned_on,
    }


def keys(story: Story, night: Night) -> Iterator[Row]:
    """The handles by which shops know him so far: kind `member`, or `mail` as the shop's file prints it."""
    number = story.person.number
    found = dict.fromkeys(_keys(story, night))
    yield from ({"shop_id": s, "key_kind": kind, "key": key, "number": number} for s, kind, key in found)


def _keys(story: Story, night: Night) -> Iterator[tuple[str, str, str]]:
    for life in story.lives:
        if night.knows(life.joined_at):
            yield ("eccube", "member", life.person.member_id)
        for order in life.orders:
            if night.knows(order.ordered_at):
                yield ("eccube", "mail", life.person.mail)  # consents name it, whatever the till heard
                yield ("eccube", "mail", face_of(life, order, story.pen).mail)
    for shop, order in story.orders():
        if not night.knows(order.ordered_at):
            continue
        if shop is Channel.SHOPIFY:
            yield (shop.value, "member", customer_id(story.person.number))
        if shop in (Channel.SHOPIFY, Channel.YAHOO):
            yield (shop.value, "mail", story.pen.mail(account(shop, order.ordered_at.date())))
        elif shop is Channel.RAKUTEN:
            yield (shop.value, "mail", masked_mail(story.person.number, MASK, order.order_id))


def orders(story: Story, night: Night) -> Iterator[Row]:
    """Every order that has come in by the night, with what has happened and what is still to come."""
    contract = story.contract.subscription_id if story.contract else None
    for shop, order in story.orders():
        if night.knows(order.ordered_at):
            is_delivery = order.purpose is Purpose.SUBSCRIPTION
            yield {
                "shop_id": shop.value,
                "order_id": order_id(shop, order),
                "number": story.person.number,
                "subscription_id": contract if is_delivery else None,
                **_order(order),
            }


def _order(order: Order) -> Row:
    edit, refund = order.edit, order.refund
    return {
        "kind": order.purpose.value,
        "ordered_at": order.ordered_at,
        "sent_at": order.sent_at,
        "fate": FATES[order.fate] if order.fate is not None else None,
        "fated_at": order.fated_at,
        "edited_at": edit and edit.at,
        "edited_line": edit and edit.position + 1,
        "edited_to": edit and edit.quantity,
        "refunded_at": refund and refund.at,
        "refunded_yen": refund.yen if refund else 0,
        "goods_yen": order.yen(Kind.GOODS),
        "edited_goods_yen": order.known(date.max).yen(Kind.GOODS),
        "discount_yen": -order.yen(Kind.DISCOUNT),
    }


def contracts(story: Story, night: Night) -> Iterator[Row]:
    """His 定期, if it has begun; `cancelled_on` may lie ahead."""
    contract = story.contract
    if contract is None or not night.knows(contract.started_at):
        return
    ended = [change.changed_at.date() for change in contract.changes if change.change == "cancelled"]
    yield {
        "subscription_id": contract.subscription_id,
        "number": story.person.number,
        "started_at": contract.started_at,
        "cancelled_on": ended[0] if ended else None,
        "deliveries": contract.delivered_by(night.until),
    }
