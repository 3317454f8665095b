"""What somebody wrote into a `door:` section, read strictly: an error names file, key, found and expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


class DoorError(ValueError):
    """A feed's `door:` section says something that the entrance door does not understand."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One place in the section.

    Attributes:
        where: file and keys that lead to it.
        found: what stands there.
    """

    where: str
    found: Any

    def fault(self, expected: str) -> DoorError:
        """What to raise if this is not what it should be."""
        return DoorError(f"{self.where}: found {self.found!r}, expected {expected}. Correct the feed's YAML.")

    def each(self) -> Iterator[tuple[str, "Setting"]]:
        """Every key and what stands under it; a key without anything under it has no settings."""
        if not isinstance(self.found, dict) or not all(isinstance(key, str) for key in self.found):
            raise self.fault("names, each with its settings")
        for key, below in self.found.items():
            yield key, Setting(where=f"{self.where}: {key}", found=below)

    def keyed(self, *required: str, optional: tuple[str, ...] = ()) -> dict[str, "Setting"]:
        """What stands under keys of which none is unknown and none that is required lacks."""
        below = dict(self.each())
        if not set(required) <= below.keys() <= {*required, *optional}:
            expected = [*required, *(f"[{key}]" for key in optional)]
            raise self.fault(f"the keys {', '.join(expected)}")
        return below

    def many(self) -> list["Setting"]:
        """The members of a list."""
        if not isinstance(self.found, list):
            raise self.fault("a list")
        return [
            Setting(where=f"{self.where}: {number}", found=one)
            for number, one in enumerate(self.found, start=1)
        ]

    def text(self) -> str:
        """A text; a code that looks like a number or a day stands in quotes."""
        if not isinstance(self.found, str):
            raise self.fault("a text, a code in quotes")
        return self.found

    def texts(self) -> list[str]:
        """A list of texts, not empty."""
        if not self.found:
            raise self.fault("a list, not empty")
        return [one.text() for one in self.many()]

    def number(self) -> int | float:
        """A number."""
        match self.found:
            case bool():
                raise self.fault("a number")
            case int() | float() as number:
                return number
        raise self.fault("a number")

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.found, bool):
            raise self.fault("true or false")
        return self.found

    def day(self) -> str:
        """A day, ISO 8601."""
        try:
            return date.fromisoformat(str(self.found)).isoformat()
        except ValueError:
            raise self.fault("a day such as '1990-01-01'") from None
