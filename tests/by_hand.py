"""Who is due on a day, counted without Joren: from the raw CDNOW file and the consent file alone.

Plain loops, no module of the house. A guest's number stands in his mail address, a member's is his id.
"""

import csv
import importlib.metadata
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

STEPS = {"1": 14, "2": 30, "3": 55, "4": 90}
SHIPPED_AFTER = timedelta(days=2)
DEADLINE_DAYS = 3


def purchase_days() -> dict[int, set[date]]:
    """Days on which each customer bought."""
    wheel = importlib.metadata.distribution("lifetimes")
    text = Path(str(wheel.locate_file("lifetimes/datasets/CDNOW_master.txt"))).read_text()
    days: dict[int, set[date]] = defaultdict(set)
    for line in text.splitlines()[1:]:
        number, day, *_ = line.split()
        days[int(number)].add(date.fromisoformat(day))
    return days


def agreed(consents: Path, as_of: date) -> set[int]:
    """Numbers of those whose last word before a day was yes; a refusal of that very day counts at once."""
    last: dict[int, tuple[datetime, str]] = {}
    with consents.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = int(row["member_id"] or row["mail"].split("@")[0].rsplit(".", 1)[1])
            at = datetime.fromisoformat(row["changed_at"])
            is_known = at.date() < as_of or (at.date() == as_of and row["state"] == "withdrawn")
            if is_known and (number not in last or last[number][0] < at):
                last[number] = (at, row["state"])
    return {number for number, (_, state) in last.items() if state == "granted"}


def due(as_of: date, consents: Path) -> set[tuple[str, int]]:
    """(step, customer number) of everybody to be written to on a day."""
    found = set()
    willing = agreed(consents, as_of)
    for number, days in purchase_days().items():
        known = {day for day in days if day < as_of}
        if len(known) != 1 or number not in willing:
            continue
        (first,) = known
        for step, offset in STEPS.items():
            waited = (as_of - (first + SHIPPED_AFTER + timedelta(days=offset))).days
            if 0 <= waited < DEADLINE_DAYS:
                found.add((step, number))
    return found
