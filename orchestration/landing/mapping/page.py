"""A section of a feed's YAML, asked key by key."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml


class FeedError(ValueError):
    """A feed's YAML says something that Joren does not understand."""


class Page:
    """A YAML's top level or a section of it; a question is answered with what was asked for, or refused.

    Attributes:
        content: what it says.
    """

    def __init__(self, path: Path, content: object, where: str) -> None:
        self._path, self._where = path, where
        if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
            self.wrong("", repr(content), "names with values")
        self.content: dict[str, object] = content

    def wrong(self, key: str, found: object, expected: str) -> NoReturn:
        """Say what is wrong with a key."""
        place = ".".join(filter(None, (self._where, key))) or "top level"
        raise FeedError(f"{self._path}: {place}: found {found}, expected {expected}. Correct the file.")

    def holds(self, required: Iterable[str], optional: Iterable[str]) -> None:
        """See that the keys are these."""
        required, optional = sorted(required), sorted(optional)
        listed = ", ".join(required) + (f"; maybe {', '.join(optional)}" if optional else "")
        if unknown := sorted(self.content.keys() - {*required, *optional}):
            self.wrong("", f"the unknown {', '.join(unknown)}", f"only {listed}")
        if missing := [key for key in required if key not in self.content]:
            self.wrong("", f"no {', '.join(missing)}", listed)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.content[key]
        return value if isinstance(value, str) and value else self.wrong(key, repr(value), "a text")

    def any_text(self, key: str) -> str:
        """A text that may be empty; absent, it is."""
        value = self.content.get(key, "")
        return value if isinstance(value, str) else self.wrong(key, repr(value), "a text")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent, it is empty."""
        return self.texts_in(key, self.content.get(key, []))

    def texts_in(self, key: str, value: object) -> tuple[str, ...]:
        """What lies deeper below a key as a list of texts."""
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.wrong(key, repr(value), "a list of texts (numbers in quotes)")
        return tuple(value)

    def choices(self, key: str, known: tuple[Any, ...]) -> tuple[Any, ...]:
        """A list of known words; absent, it is empty."""
        words = self.texts(key)
        if unknown := [word for word in words if word not in known]:
            self.wrong(key, ", ".join(unknown), " or ".join(known))
        return words

    def choice(self, key: str, known: tuple[Any, ...]) -> Any:  # noqa: ANN401  # one of a literal's words
        """One of some known words."""
        value = self.content[key]
        return value if value in known else self.wrong(key, repr(value), " or ".join(known))

    def maybe(self, key: str, known: tuple[Any, ...]) -> Any:  # noqa: ANN401  # one of a literal's words
        """One of some known words; absent, None."""
        return self.choice(key, known) if key in self.content else None

    def number(self, key: str) -> int | float:
        """A number, zero or more."""
        value = self.content[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            self.wrong(key, repr(value), "a number, 0 or more")
        return value

    def section(self, key: str) -> "Page":
        """What lies below a key."""
        return Page(self._path, self.content[key], ".".join(filter(None, (self._where, key))))

    def list_of_sections(self, key: str) -> list["Page"]:
        """The sections that a list holds."""
        value = self.content[key]
        if not isinstance(value, list):
            self.wrong(key, repr(value), "a list")
        return [Page(self._path, one, f"{key}[{at}]") for at, one in enumerate(value)]

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression with a group `exported_at`."""
        try:
            pattern = re.compile(self.text(key))
        except re.error as error:
            self.wrong(key, str(error), "a regular expression")
        if "exported_at" not in pattern.groupindex:
            self.wrong(key, pattern.pattern, "a group named exported_at")
        return pattern

    def zone(self, key: str) -> ZoneInfo:
        """A time zone."""
        try:
            return ZoneInfo(self.text(key))
        except (ZoneInfoNotFoundError, ValueError):
            self.wrong(key, repr(self.content[key]), "a time zone such as Asia/Tokyo")


def open_page(path: Path) -> Page:
    """Open a YAML; no key may stand twice.

    Raises:
        FeedError: for what is no YAML.
    """
    try:
        content = yaml.load(path.read_text("utf-8"), _Once)  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FeedError(f"{path}: not YAML: {error}. Correct the file.") from error
    return Page(path, content, "")


class _Once(yaml.CSafeLoader):
    """YAML in which a key that stands twice is an error, not the last of the two."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Mapping[Any, Any]:  # type: ignore[override]  # noqa: FBT001, FBT002
        found = super().construct_mapping(node, deep=deep)
        if len(found) < len(node.value):
            raise yaml.constructor.ConstructorError(
                problem="a key stands twice", problem_mark=node.start_mark
            )
        return found
