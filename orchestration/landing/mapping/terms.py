"""What a feed says about its orders: what their statuses mean, and what their money holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Told = Literal["orders", "lines"]
Channel = Literal["own", "mall"]
Persons = Literal["named", "masked", "none"]
OrderState = Literal["pending", "active", "fulfilled", "cancelled", "returned"]
Cancelled = Literal["filled", "blank"]
PriceIs = Literal["unit", "line"]
TaxIs = Literal["included", "excluded", "flagged"]
SubtotalIs = Literal["goods", "goods_less_discount"]
DiscountIs = Literal["without_points", "with_points"]
PointsAre = Literal["own", "mall"]
LineIs = Literal["product", "postage", "fee", "discount", "tax", "points", "option"]
LineTaxIs = Literal["included", "excluded"]
Then = Literal["warn", "refuse"]
Device = Literal["pc", "mobile", "app"]


@dataclass(frozen=True, kw_only=True)
class StatusRule:
    """One line of a status map; the first whose conditions all hold says the order's state.

    Attributes:
        order_state: what it says.
        status: any of these; empty: whatever it is. So `payment_status`, `shipment_status`.
        payment_method: LIKE patterns, any of which.
        cancelled_at: whether the cell must be filled or blank; None: whatever it is.
    """

    order_state: OrderState
    status: tuple[str, ...]
    payment_status: tuple[str, ...]
    shipment_status: tuple[str, ...]
    payment_method: tuple[str, ...]
    cancelled_at: Cancelled | None


@dataclass(frozen=True, kw_only=True)
class LineKind:
    """What a source's kind of line is; `tax_is` None: as the feed says."""

    line_kind: LineIs
    tax_is: LineTaxIs | None


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the amounts of a feed of orders hold.

    Attributes:
        price_is: whether a line's price is for one piece or for the line; None where the feed tells no lines.
        tax_is: whether prices hold the tax; None where the feed tells no lines.
        subtotal_is: what the printed subtotal is; None: the lines are summed.
        discount_is: whether the printed discount holds points.
        points_are: who pays the points.
        line_kinds: by the source's word for it; empty: every line is a product.
    """

    price_is: PriceIs | None
    tax_is: TaxIs | None
    subtotal_is: SubtotalIs | None
    discount_is: DiscountIs | None
    points_are: PointsAre | None
    line_kinds: Mapping[str, LineKind]


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """How many rows of a file may be unreadable: beyond either number, `then`."""

    percent: float
    rows: int
    then: Then

    def is_passed(self, quarantined: int, physical: int) -> bool:
        """Whether more rows are unreadable than may be."""
        return quarantined > self.rows or quarantined * 100 > self.percent * physical
