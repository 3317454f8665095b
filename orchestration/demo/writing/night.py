"""The night in which the shops' files are written."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, kw_only=True, slots=True)
class Night:
    """Files tell of days before `until`.

    Attributes:
        since: of orders only those that changed since then (None: all).
        until: the day of the night.
        begin: the shop's first day.
    """

    since: date | None
    until: date
    begin: date

    @property
    def at(self) -> datetime:
        """When the exports are made: three in the morning, wall clock in Japan."""
        return datetime.combine(self.until, time(3))

    def knows(self, at: datetime | None) -> bool:
        """Whether that has happened before `until`."""
        return at is not None and at.date() < self.until
