"""The demo shop as it was asked for, and what it remembers from night to night in `home/demo.json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from orchestration import disk
from orchestration.demo.buying.histories import Source
from orchestration.demo.people.dirt import Level
from orchestration.demo.writing.channels import Channel

ALONE = frozenset({Channel.ECCUBE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Whose purchases, in which shops, how dirty; `days` and `seed` are the simulated shop's."""

    source: Source
    channels: frozenset[Channel]
    customers: int | None
    days: int
    seed: int
    dirt: Level

    @property
    def is_bare(self) -> bool:
        """CDNOW through EC-CUBE alone: nothing is added, so that published figures hold."""
        return self.source is Source.CDNOW and self.channels == ALONE

    def said(self) -> dict[str, object]:
        """In plain values."""
        return {
            "history": self.source.value,
            "channels": sorted(channel.value for channel in self.channels),
            "customers": self.customers,
            "days": self.days,
            "seed": self.seed,
            "dirt": self.dirt.value,
        }


BARE = Plan(source=Source.CDNOW, channels=ALONE, customers=None, days=540, seed=1, dirt=Level.USUAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What a shop that lives on knows of itself.

    Attributes:
        plan: what was asked for on the first night.
        anchor: spreads CDNOW's lives, chosen once.
        begin: the first day on which a simulated customer may come, chosen once.
        exported_until: the day up to which exports are in the inbox (None: not yet any).
    """

    plan: Plan
    anchor: date
    begin: date
    exported_until: date | None


def recall(home: Path) -> Memory | None:
    """What the last night left; None before the first. An older file tells of the bare shop."""
    kept = disk.read_json(home / "demo.json")
    if not kept:
        return None
    until = kept["exported_until"]
    return Memory(
        plan=_plan({**BARE.said(), **kept}),
        anchor=date.fromisoformat(kept["anchor"]),
        begin=date.fromisoformat(kept.get("begin", kept["anchor"])),
        exported_until=until and date.fromisoformat(until),
    )


def remember(home: Path, memory: Memory) -> None:
    """Keep it for the next night."""
    until = memory.exported_until
    days = {
        "anchor": memory.anchor.isoformat(),
        "begin": memory.begin.isoformat(),
        "exported_until": until and until.isoformat(),
    }
    disk.write_json(home / "demo.json", {**memory.plan.said(), **days})


def _plan(kept: Mapping[str, Any]) -> Plan:
    return Plan(
        source=Source(kept["history"]),
        channels=frozenset(map(Channel, kept["channels"])),
        customers=kept["customers"],
        days=kept["days"],
        seed=kept["seed"],
        dirt=Level(kept["dirt"]),
    )
