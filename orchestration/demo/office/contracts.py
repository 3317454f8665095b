"""定期 in our own plain formats: each contract as it stands, and each thing that happened to it."""

from collections.abc import Iterator
from datetime import date, timedelta

from orchestration.demo.buying.stories import Story
from orchestration.demo.buying.subscriptions import Contract
from orchestration.demo.writing.night import Night

SUBSCRIPTIONS = (
    "subscription_id", "member_id", "mail", "product_code", "quantity", "interval_days", "started_at",
    "next_due_on", "delivery_count", "state", "shop_id", "brand_id",
)  # fmt: skip
CHANGES = (
    "subscription_id", "change", "changed_at", "due_on", "reason", "value", "shop_id", "brand_id",
)  # fmt: skip
STATES = {"paused": "paused", "cancelled": "cancelled"}
REASONS = {"skipped": "まだ残っている", "paused": "旅行のため", "cancelled": "お客様のご都合"}
OWN = ("eccube", "main")


def subscription_rows(story: Story, night: Night) -> Iterator[tuple[str, ...]]:
    """This person's contract as it stands in the night."""
    contract = story.contract
    if contract is None or not night.knows(contract.started_at):
        return
    who = (story.person.member_id, story.person.mail)
    state = state_by(contract, night.until)
    due = next_due_on(contract, night.until)
    yield (
        contract.subscription_id,
        *who,
        contract.sheet.product.code,
        "1",
        str(contract.interval_days),
        str(contract.started_at),
        "" if state == "cancelled" else str(due),
        str(contract.delivered_by(night.until)),
        state,
        *OWN,
    )


def change_rows(story: Story, night: Night) -> Iterator[tuple[str, ...]]:
    """All that has happened to it."""
    if story.contract is None:
        return
    for change in story.contract.changes_by(night.until):
        reason = REASONS.get(change.change, "")
        at, due = str(change.changed_at), str(change.due_on)
        yield (story.contract.subscription_id, change.change, at, due, reason, "", *OWN)


def state_by(contract: Contract, until: date) -> str:
    """active, paused or cancelled, by the last word."""
    words = [change.change for change in contract.changes_by(until)]
    return next((STATES[word] for word in words[-1:] if word in STATES), "active")


def next_due_on(contract: Contract, until: date) -> date:
    """The next delivery as the shop expects it in the night before `until`.

    What will be skipped or paused later is still expected now.
    """
    expected = {change.due_on for change in contract.changes if change.changed_at.date() >= until}
    skipped = {
        change.due_on for change in contract.changes_by(until) if change.change in ("skipped", "cancelled")
    }
    ahead = (day for day in (*contract.due_on, *expected) if day >= until and day not in skipped)
    return min(ahead, default=contract.due_on[-1] + timedelta(days=contract.interval_days))
