"""The shop that lives on: what each night adds to the last, kept in `home/demo.json`."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from orchestration import disk
from orchestration.demo.exports import Written, write_exports
from orchestration.home import furnish

OVERLAP = timedelta(days=3)
AGE = timedelta(days=30)  # so that the first night finds some who have not bought for more than 360 days


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """The anchor, chosen once, and the day up to which exports are in the inbox (None: not yet any)."""

    anchor: date
    exported_until: date | None


def write_night(*, home: Path, until: date, since: date | None, customers: int | None) -> tuple[Written, ...]:
    """Export the spread shop up to `until`; nothing if that day has been exported before.

    The first night writes everything, the later ones the orders that changed since `since` (None: since
    three days before the last night).
    """
    memory = recall(home) or Memory(anchor=until - AGE, exported_until=None)
    if memory.exported_until is not None and until <= memory.exported_until:
        return ()
    furnish(home)
    _remember(home, memory)
    overlap = memory.exported_until and memory.exported_until - OVERLAP
    written = write_exports(
        home=home, until=until, since=since or overlap, customers=customers, anchor=memory.anchor
    )
    _remember(home, Memory(anchor=memory.anchor, exported_until=until))
    return written


def recall(home: Path) -> Memory | None:
    """What the last night left in `demo.json`; None before the first."""
    path = home / "demo.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    until = kept["exported_until"]
    return Memory(
        anchor=date.fromisoformat(kept["anchor"]), exported_until=until and date.fromisoformat(until)
    )


def _remember(home: Path, memory: Memory) -> None:
    """Written before the first export too: a kill must not move the anchor."""
    until = memory.exported_until
    kept = {"anchor": memory.anchor.isoformat(), "exported_until": until and until.isoformat()}
    disk.write_json(home / "demo.json", kept)
