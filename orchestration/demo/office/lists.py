"""The office's lists about people: points, attributes, contacts, stops, refunds; our own plain formats."""

from collections.abc import Iterator
from datetime import timedelta

from orchestration.demo.buying.checkout import points_earned
from orchestration.demo.buying.lives import Life
from orchestration.demo.buying.stories import Story
from orchestration.demo.chance import draw, pick
from orchestration.demo.writing.night import Night

POINTS = ("member_id", "balance", "expires_on", "stated_at", "shop_id", "brand_id")
ATTRIBUTES = ("member_id", "mail", "attribute", "value", "valid_from", "shop_id", "brand_id")
CONTACTS = (
    "contact_id", "member_id", "mail", "medium", "direction", "contacted_at", "result", "reason",
    "call_again_on", "shop_id", "brand_id",
)  # fmt: skip
STOPS = ("member_id", "mail", "phone", "scope", "reason", "since", "until", "shop_id", "brand_id")
REFUNDS = (
    "refund_id", "order_id", "line_id", "quantity", "amount", "refunded_at", "reason", "shop_id", "brand_id",
)  # fmt: skip
OWN = ("eccube", "main")
GENRES = ("邦楽", "洋楽", "クラシック", "民謡")
RESULTS = ("reached", "reached", "not_reached", "refused", "other", "claim")
STOP_REASONS = (
    ("death", "all"),
    ("claim", "dm"),
    ("unpaid", "all"),
    ("refused", "call"),
    ("refused", "mail"),
)

Cells = tuple[str, ...]


def point_rows(story: Story, night: Night) -> Iterator[Cells]:
    """A member's balance as of the night; points lapse a year after the last purchase."""
    for life in _members(story, night):
        own = [order for order in life.orders if life.is_member_at(order.ordered_at)]
        bought = [o for o in own if night.knows(o.ordered_at) and o.fate_by(night.until) is None]
        if bought:
            lapses = bought[-1].ordered_at.date() + timedelta(days=365)
            balance = sum(map(points_earned, bought)) if lapses >= night.until else 0
            yield (life.person.member_id, str(balance), str(lapses), str(night.at), *OWN)


def attribute_rows(story: Story, night: Night) -> Iterator[Cells]:
    """What the office knows besides: who works here, and what some like to hear."""
    for life in _members(story, night):
        who = (life.person.member_id, life.person.mail)
        since = f"{life.joined_at:%Y-%m-%d}"
        if story.is_staff:
            yield (*who, "staff", "1", since, *OWN)
        if draw(4, "genre", life.person.number) == 0:
            yield (*who, "genre", pick(GENRES, "which genre", life.person.number), since, *OWN)


def contact_rows(story: Story, night: Night) -> Iterator[Cells]:
    """Calls and letters, a few months after somebody joined."""
    for life in _members(story, night):
        number = life.person.number
        at = life.orders[0].ordered_at.replace(hour=14) + timedelta(days=60 + draw(200, "contact", number))
        if draw(30, "contacted", number) or not night.knows(at):
            continue
        result = pick(RESULTS, "result", number)
        again = str(at.date() + timedelta(days=14)) if result == "not_reached" else ""
        medium = pick(("call", "call", "letter"), "medium", number)
        who = (life.person.member_id, life.person.mail)
        yield (f"K{number:07}", *who, medium, "out", str(at), result, "", again, *OWN)


def stop_rows(story: Story, night: Night) -> Iterator[Cells]:
    """Who must be left alone; half of those who owe something may be written to again after half a year."""
    for life in _members(story, night):
        number, phone = life.person.number, life.person.phone
        since = life.orders[0].ordered_at.date() + timedelta(days=30 + draw(300, "stop since", number))
        if draw(150, "stopped", number) or since >= night.until:
            continue
        reason, scope = pick(STOP_REASONS, "stop", number)
        until = str(since + timedelta(days=180)) if reason == "unpaid" and number % 2 else ""
        who = (life.person.member_id, life.person.mail, phone)
        yield (*who, scope, reason, str(since), until, *OWN)


def refund_rows(story: Story, night: Night) -> Iterator[Cells]:
    """What the own shop gave back, with its day; EC-CUBE itself keeps no such record."""
    for life in story.lives:
        for order in life.orders:
            if order.refund is not None and night.knows(order.refund.at):
                number, yen = str(order.order_id), str(order.refund.yen)
                yield (f"R{number}", number, "", "", yen, str(order.refund.at), "破損のため一部返金", *OWN)


def _members(story: Story, night: Night) -> Iterator[Life]:
    return (life for life in story.lives if life.joined_at and night.knows(life.joined_at))
