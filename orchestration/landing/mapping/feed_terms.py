"""The sections of a feed's YAML that say what its orders mean and how many rows may be lost."""

from typing import get_args

from orchestration.landing.mapping import terms
from orchestration.landing.mapping.page import Page

CONDITIONS = ("status", "payment_status", "shipment_status", "payment_method")


def read_statuses(page: Page) -> tuple[terms.StatusRule, ...]:
    """Understand `statuses:`."""
    if "statuses" not in page.content:
        return ()
    return tuple(_rule(rule) for rule in page.list_of_sections("statuses"))


def read_money(page: Page) -> terms.Money | None:
    """Understand `money:`."""
    if "money" not in page.content:
        return None
    money = page.section("money")
    money.holds((), ("price", "tax", "subtotal", "discount", "points", "line_kinds"))
    kinds = money.section("line_kinds") if "line_kinds" in money.content else None
    return terms.Money(
        price_is=money.maybe("price", get_args(terms.PriceIs)),
        tax_is=money.maybe("tax", get_args(terms.TaxIs)),
        subtotal_is=money.maybe("subtotal", get_args(terms.SubtotalIs)),
        discount_is=money.maybe("discount", get_args(terms.DiscountIs)),
        points_are=money.maybe("points", get_args(terms.PointsAre)),
        line_kinds={name: _line_kind(kinds.section(name)) for name in kinds.content} if kinds else {},
    )


def read_devices(page: Page) -> dict[str, terms.Device]:
    """Understand `devices:`; what one cell may say is one device."""
    if "devices" not in page.content:
        return {}
    said = page.section("devices")
    said.holds((), get_args(terms.Device))
    printed = [(cell, device) for device in get_args(terms.Device) for cell in said.texts(device)]
    if len(dict(printed)) < len(printed):
        page.wrong("devices", "a cell twice", "each cell once")
    return dict(printed)


def read_threshold(page: Page) -> terms.Threshold:
    """Understand `threshold:`."""
    said = page.section("threshold")
    said.holds(("percent", "rows", "then"), ())
    return terms.Threshold(
        percent=float(said.number("percent")),
        rows=int(said.number("rows")),
        then=said.choice("then", get_args(terms.Then)),
    )


def _rule(page: Page) -> terms.StatusRule:
    page.holds(("is",), (*CONDITIONS, "cancelled_at"))
    if empty := [key for key in CONDITIONS if page.content.get(key) == []]:
        page.wrong(empty[0], "[]", "at least one value")
    return terms.StatusRule(
        order_state=page.choice("is", get_args(terms.OrderState)),
        status=page.texts("status"),
        payment_status=page.texts("payment_status"),
        shipment_status=page.texts("shipment_status"),
        payment_method=page.texts("payment_method"),
        cancelled_at=page.maybe("cancelled_at", get_args(terms.Cancelled)),
    )


def _line_kind(page: Page) -> terms.LineKind:
    page.holds(("is",), ("tax",))
    return terms.LineKind(
        line_kind=page.choice("is", get_args(terms.LineIs)),
        tax_is=page.maybe("tax", get_args(terms.LineTaxIs)),
    )
