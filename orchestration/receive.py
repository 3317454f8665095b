"""A feed's files, from the inbox through the entrance: landing and doors know nothing of each other."""

from datetime import datetime
from pathlib import Path

from orchestration.doors.door import Door, Limit
from orchestration.doors.entrance import judge
from orchestration.doors.judgement import Judgement
from orchestration.landing.land import land
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Landed


def receive(*, home: Path, feed: Feed, now: datetime) -> tuple[Landed, Judgement]:
    """Land what lies ready and judge what is pending; both may be killed and called again.

    Args:
        home: folder of everything Joren keeps.
        feed: whose files.
        now: aware; when the run began.
    """
    landed = land(home=home, feed=feed, now=now)
    return landed, judge(home=home, door=door_of(feed), since=now)


def door_of(feed: Feed) -> Door:
    """What the entrance must know of a feed; an order is let in whole or not at all."""
    threshold = feed.threshold
    return Door(
        feed=feed.name,
        section=feed.door,
        zone=feed.zone.key,
        group="order_id" if feed.kind == "orders" else None,
        limit=Limit(percent=threshold.percent, rows=threshold.rows, refuses=threshold.then == "refuse"),
    )
