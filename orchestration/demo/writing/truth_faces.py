"""What each person told a shop of himself, without the spelling: what a perfect reader could match by."""

from collections.abc import Iterator
from unicodedata import normalize

from orchestration.demo.buying.orders import Purpose
from orchestration.demo.buying.stories import Story
from orchestration.demo.eccube.files import account_of, form_of
from orchestration.demo.office.goods import order_id
from orchestration.demo.people.forms import SHOPIFY, Form, account, at_till
from orchestration.demo.people.pen import Pen
from orchestration.demo.shopify.customers_csv import customer_id
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night

Row = dict[str, object]
NAMELESS = (Channel.AMAZON,)
MASKED = (Channel.RAKUTEN,)


def faces(story: Story, night: Night) -> Iterator[Row]:
    """A row for each order and for each account so far; the tester is nobody, Amazon names nobody."""
    for life in story.lives:
        for order in life.orders:
            if night.knows(order.ordered_at) and order.purpose is not Purpose.TEST:
                yield _row(story.pen, form_of(life, order), "order", str(order.order_id))
        if night.knows(life.joined_at):
            yield _row(story.pen, account_of(life, night), "member", life.person.member_id)
    for shop, orders in story.counters.items():
        known = [order for order in orders if night.knows(order.ordered_at) and shop not in NAMELESS]
        for order in known:
            form = at_till(shop, order.order_id, order.ordered_at.date(), is_guest=False)
            yield _row(story.pen, form, "order", order_id(shop, order))
        if known and shop is Channel.SHOPIFY:
            form = account(SHOPIFY, known[-1].ordered_at.date())
            yield _row(story.pen, form, "member", customer_id(story.person.number))


def _row(pen: Pen, form: Form, kind: str, key: str) -> Row:
    face = pen.meant(form)
    return {
        "shop_id": form.shop,
        "key_kind": kind,
        "key": key,
        "number": face.number,
        "mail": None if form.shop in MASKED else normalize("NFKC", pen.mail(form)).lower(),
        "name": face.family_name + face.given_name,
        "family_name": face.family_name,
        "kana": face.family_kana + face.given_kana,
        "phone": face.phone or None,
        "address": f"{face.postcode} {face.address1} {face.address2}",
    }
