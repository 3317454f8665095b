"""What a feed's `door:` section means."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from orchestration.doors.kinds import KINDS
from orchestration.doors.rule import Rule

SECTIONS = {"refuse": True, "warn": False}


class DoorError(ValueError):
    """A feed's `door:` section says something that the entrance door does not understand."""


def rules_of(door: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Understand a `door:` section: `refuse:` and `warn:`, each with settings by kind of rule (`kinds.py`).

    Raises:
        DoorError: for a section or kind that is not known, or settings that lack something.
    """
    if unknown := door.keys() - SECTIONS:
        raise DoorError(f"door: found {_list(unknown)}, expected {_list(SECTIONS)}. Correct the feed's YAML.")
    return tuple(
        replace(rule, blocks=SECTIONS[section])
        for section, groups in door.items()
        for kind, settings in groups.items()
        for rule in _rules(kind, settings)
    )


def _rules(kind: str, settings: object) -> list[Rule]:
    if kind not in KINDS:
        raise DoorError(f"door: found {kind}, expected {_list(KINDS)}. Correct the feed's YAML.")
    try:
        return list(KINDS[kind](settings))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DoorError(f"door: {kind}: found {settings!r} ({error!r}). Correct the feed's YAML.") from error


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
