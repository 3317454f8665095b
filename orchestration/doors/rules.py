"""What a feed's `door:` section means."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from orchestration.doors.door import Door
from orchestration.doors.kinds import KINDS, OF_FILES
from orchestration.doors.rule import Rule, Then
from orchestration.doors.setting import Setting

SECTIONS: tuple[Then, ...] = get_args(Then)


def rules_of(door: Door) -> tuple[Rule, ...]:
    """Understand a `door:` section: `refuse:`, `quarantine:`, `warn:`, each with settings by kind of rule.

    Raises:
        DoorError: for a section, kind or setting that is not understood; it names file, key, found, expected.
    """
    section = Setting(where=f"{door.feed}.yaml: door", found=door.section)
    said = section.keyed(optional=SECTIONS)
    return tuple(rule for then in SECTIONS if then in said for rule in _rules(said[then], then, door))


def _rules(section: Setting, then: Then, door: Door) -> Iterator[Rule]:
    known = sorted(kind for kind in KINDS if then == "warn" or kind not in OF_FILES)
    if section.found is None:
        return
    for kind, setting in section.keyed(optional=tuple(known)).items():
        for rule in KINDS[kind](setting):
            if then == "quarantine" and rule.group not in (None, door.group):
                raise setting.fault(f"group {door.group}: what is taken out together is summed together")
            yield replace(rule, then=then)
