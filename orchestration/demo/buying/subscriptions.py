"""定期: a contract, its deliveries, and all that happens to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from orchestration.demo.buying.checkout import extra, goods_line, sent_after
from orchestration.demo.buying.goods import TAX_RATE
from orchestration.demo.buying.lines import Kind
from orchestration.demo.buying.merchandise import CLEANER, MONTHLY, SHEETS, Sheet
from orchestration.demo.buying.orders import Order, Payment, Purpose
from orchestration.demo.chance import draw

MOST_DELIVERIES = 40
PAUSE_DAYS = 90
PERCENT = {"cancelled": 9, "paused": 3, "skipped": 8}


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that happened to a contract; `due_on` is the delivery it concerns."""

    change: str
    changed_at: datetime
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """A contract for one product, one piece a delivery; `due_on` holds every delivery that was made."""

    number: int
    sheet: Sheet
    interval_days: int
    started_at: datetime
    due_on: tuple[date, ...]
    changes: tuple[Change, ...]

    @property
    def subscription_id(self) -> str:
        """定期番号."""
        return f"S{self.number:07}"

    def changes_by(self, until: date) -> tuple[Change, ...]:
        """What has happened by the night before `until`."""
        return tuple(change for change in self.changes if change.changed_at.date() < until)

    def delivered_by(self, until: date) -> int:
        """Deliveries ordered by the night before `until`."""
        return sum(day < until for day in self.due_on)


def contract_of(number: int, *, started_at: datetime) -> Contract:
    """The whole story of the customer's contract."""
    sheet = SHEETS[(MONTHLY if draw(3, "which contract", number) else CLEANER).product_id]
    interval_days = sheet.days_of_use or 30
    told = tuple(_told(number, started_at, interval_days))
    return Contract(
        number=number,
        sheet=sheet,
        interval_days=interval_days,
        started_at=started_at,
        due_on=tuple(change.due_on for change in told if change.change == "delivered"),
        changes=tuple(change for change in told if change.change != "delivered"),
    )


def _told(number: int, started_at: datetime, interval_days: int) -> Iterator[Change]:
    """Five days before each delivery the customer may skip it, pause, or cancel; else it is made."""
    due_on = started_at.date() + timedelta(days=1)
    yield Change(change="started", changed_at=started_at, due_on=due_on)
    for nth in range(1, MOST_DELIVERIES):
        chance = draw(100, f"delivery {nth}", number) if nth > 1 else 99
        word = _word(chance)
        at = datetime.combine(due_on - timedelta(days=5), time(9 + chance % 12, number % 60))
        yield Change(
            change=word, changed_at=datetime.combine(due_on, time()) if word == "delivered" else at,
            due_on=due_on,
        )  # fmt: skip
        if word == "cancelled":
            return
        if word == "paused":
            due_on += timedelta(days=PAUSE_DAYS)
            yield Change(
                change="resumed",
                changed_at=at + timedelta(days=PAUSE_DAYS - interval_days // 2),
                due_on=due_on,
            )
        else:
            due_on += timedelta(days=interval_days)


def _word(chance: int) -> str:
    for word, percent in PERCENT.items():
        chance -= percent
        if chance < 0:
            return word
    return "delivered"


def deliveries(contract: Contract) -> Iterator[Order]:
    """An order for each delivery, made at 4 in the morning of its day."""
    for nth, day in enumerate(contract.due_on, start=1):
        row = contract.number * 100 + nth
        ordered_at = datetime.combine(day, time(4, nth % 60))
        yield Order(
            order_id=row * 10 + 5,
            ordered_at=ordered_at,
            sent_at=sent_after(row, ordered_at),
            payment=Payment.CARD,
            memo=f"定期 {contract.subscription_id} {nth}回目",
            lines=(
                goods_line(contract.sheet, 1),
                extra(Kind.POSTAGE, 0, TAX_RATE),
                extra(Kind.FEE, 0, TAX_RATE),
            ),
            fate=None,
            fated_at=None,
            purpose=Purpose.SUBSCRIPTION,
            edit=None,
            refund=None,
        )
