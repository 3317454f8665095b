"""Days of mail are days in Japan, which has had no summer time since 1952."""

from datetime import date, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")


def jst_day(at: datetime) -> date:
    """The day in Japan at an instant."""
    return at.astimezone(JST).date()
