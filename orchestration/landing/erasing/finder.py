"""Tell whose row it is, and which cells name somebody who is to be forgotten."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from orchestration.landing.erasing.handles import Erased
from orchestration.landing.erasing.shop_keys import Row, buyer_key, receiver
from orchestration.landing.erasing.spelling import (
    code_of,
    folded,
    mail_of,
    phone_of,
    trimmed,
)
from orchestration.landing.erasing.traces import Traces

MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
# Groups of digits with what people write between them.
PHONE = re.compile(r"[0-9](?:[-‐‑–—−ー.() ]{0,2}[0-9]){8,20}")
GROUP = re.compile("[0-9]+")
LEAST, MOST = 9, 14  # digits of a number, with or without what stands for Japan
DIGITS = re.compile("[0-9０-９]{1,11}")
BETWEEN = "\x1f"  # no cell that can be read holds it
SPREAD = re.compile("(?:^|\x1f)[0-9]{2,7}\x1f[0-9]{1,7}(?:\x1f|$)")
PARTS = 3  # cells over which a telephone number may be spread


class Whose(Enum):
    """Whose row it is: his own, another's that names him as the receiver, or another's."""

    HIS = "his"
    GIVEN_TO_HIM = "given to him"
    ANOTHERS = "another's"


@dataclass
class Finder:
    """Looks at the rows of a file, or of a feed's files, in their order.

    Attributes:
        erased: the handles.
        traces: in clear, as long as they are known; None: only the hashes are.
    """

    erased: Erased
    traces: Traces | None
    _orders: set[str] = field(default_factory=set)

    def whose(self, row: Row, cells: Sequence[str]) -> Whose:
        """Tell by the handles in the row, and by name and address as text.

        Args:
            row: the columns in `personal.HANDLES`, blank where the file has none.
            cells: all of it.
        """
        shop, order = trimmed(row["shop_id"]), code_of(row["order_id"])
        order_key = f"{shop}:order:{order}" if order else ""
        if order_key in self._orders or self.erased.knows("order", order_key) or self._is_his(row, shop):
            if order_key:
                self._orders.add(order_key)
            return Whose.HIS
        is_named = self.traces is not None and self.traces.name_and_address(cells)
        return Whose.GIVEN_TO_HIM if is_named or self._is_receiver(row) else Whose.ANOTHERS

    def marked(self, cells: Sequence[str]) -> list[bool]:
        """For each cell whether it holds one of his mail addresses or telephone numbers, however written."""
        row = BETWEEN.join(cells)
        row = row if row.isascii() else folded(row)
        if self.traces is None and not SPREAD.search(row) and not self.names_him(row):
            return [False] * len(cells)  # nearly all rows; cell by cell takes ten times as long
        found = [self.names_him(cell) for cell in cells]
        for at in range(len(cells)):
            if DIGITS.fullmatch(cells[at]):
                for stop in range(at + 2, min(at + PARTS, len(cells)) + 1):
                    if self._is_phone_in_parts(cells[at:stop]):
                        found[at:stop] = [True] * (stop - at)
        return found

    def names_him(self, text: str) -> bool:
        """Whether a text holds one of his mail addresses or telephone numbers."""
        if self.traces is not None and self.traces.hidden_in(text):
            return True
        plain = text if text.isascii() else folded(text)
        mails = MAIL.findall(plain) if "@" in plain else ()
        return any(self.erased.knows("mail", mail_of(one).rstrip(".")) for one in mails) or any(
            self.erased.knows("phone", phone) for phone in _phones(plain)
        )

    def is_in_broken(self, cells: Sequence[str], text: str, shop: str) -> bool:
        """Whether a row that cannot be read might be his: any cell may be anything."""
        members = (f"{shop}:member:{code_of(cell)}" for cell in cells if cell)
        return self.names_him(text) or any(self.erased.knows("person", member) for member in members)

    def _is_his(self, row: Row, shop: str) -> bool:
        mail, member = mail_of(row["mail"]), code_of(row["member_id"])
        keys = (
            f"{shop}:member:{member}" if member else "",
            f"{shop}:guest:{mail}" if mail else "",
            buyer_key(self.erased.key, row, shop),
        )
        return self.erased.knows("mail", mail) or any(self.erased.knows("person", key) for key in keys)

    def _is_receiver(self, row: Row) -> bool:
        handle = receiver(row["receiver_name"], row["receiver_postcode"])
        return self.erased.knows("receiver", handle)

    def _is_phone_in_parts(self, cells: Sequence[str]) -> bool:
        if not all(map(DIGITS.fullmatch, cells)):
            return False
        phone = phone_of("".join(cells))
        return self.erased.knows("phone", phone) if phone else False


def _phones(text: str) -> Iterator[str]:
    """Numbers that a text may hold; they begin and end where a group of digits does."""
    for found in PHONE.findall(text) if len(text) >= LEAST else ():
        groups = GROUP.findall(found)
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group
                if LEAST <= len(digits) <= MOST and (phone := phone_of(digits)):
                    yield phone
