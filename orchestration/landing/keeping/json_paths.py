"""Keys that a feed's paths lead through, as a tree."""

from typing import Any

from orchestration.landing.mapping.column import Listed
from orchestration.landing.reading.paths import Step, read_path

Keys = dict[str, Any]  # keys, each with those below it
WHOLE, NUMBERS = "*", "#"  # what is there is meant, all of it or only a number


def plant_part(keys: Keys, part: str | Listed, end: str) -> None:
    """Grow the way to what a part of a column reads."""
    if isinstance(part, str):
        _plant_path(keys, read_path(part), end)
        return
    below = plant(keys, [step.key for step in read_path(part.path) if step.key])
    for key, _ in part.where:
        plant(below, [key])[WHOLE] = {}
    for _, path in part.each:
        _plant_path(below, read_path(path), end)


def _plant_path(keys: Keys, path: tuple[Step, ...], end: str) -> None:
    for step in path:
        keys = plant(keys, [step.key] if step.key else [])
        for has, _ in step.fits:
            plant(keys, [has])[WHOLE] = {}
    keys[end] = {}


def plant(keys: Keys, path: list[str]) -> Keys:
    """Grow a way; where it ends."""
    for key in path:
        keys = keys.setdefault(key, {})
    return keys
