"""One line of an order, as EC-CUBE's table of order items has it."""

from dataclasses import dataclass
from enum import IntEnum

from orchestration.demo.buying.goods import Product


class Kind(IntEnum):
    """明細区分."""

    GOODS = 1
    POSTAGE = 2
    FEE = 3
    DISCOUNT = 4
    POINTS = 6


TAX_EXCLUDED = (Kind.GOODS, Kind.DISCOUNT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of dtb_order_item; `yen` is all of it with tax.

    `price` is of one piece, as the vendor prints it: without tax for goods and discounts, else with tax.
    """

    kind: Kind
    product: Product | None
    price: int
    quantity: int
    tax_rate: int
    yen: int

    @property
    def tax(self) -> int:
        """The tax inside `yen`, in whole yen."""
        if self.kind in TAX_EXCLUDED:
            return self.yen - self.price * self.quantity
        return self.yen * self.tax_rate // (100 + self.tax_rate)

    @property
    def sold(self) -> Product:
        """The product of a line of goods.

        Raises:
            ValueError: the line is postage, a fee, a discount or points.
        """
        if self.product is None:
            raise ValueError(f"{self.kind.name}: a line without a product")
        return self.product

    @property
    def each(self) -> int:
        """One piece with tax, as malls print it."""
        return self.yen // self.quantity
