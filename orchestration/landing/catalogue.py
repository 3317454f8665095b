"""The feeds there are: ours, and the shop's own before ours."""

import re
from dataclasses import fields
from pathlib import Path
from typing import NoReturn, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from orchestration.landing.feed import Feed, Quoting

OURS = Path(__file__).parent / "feeds"
KEYS = {field.name for field in fields(Feed)} - {"name"}
ENCODINGS = ("utf-8", "cp932")


class FeedError(ValueError):
    """A feed's YAML says something that Joren does not understand."""


def feeds(shop: Path | None) -> tuple[Feed, ...]:
    """Read all feeds, by name; a file in `<shop>/feeds/` replaces ours of the same name.

    Raises:
        FeedError: for a file that cannot be understood.
    """
    folders = [OURS, *([shop / "feeds"] if shop else [])]
    files = {path.stem: path for folder in folders for path in folder.glob("*.yaml")}
    return tuple(read_feed(path) for _, path in sorted(files.items()))


def read_feed(path: Path) -> Feed:
    """Read one feed's YAML; its name is the file's.

    Raises:
        FeedError: names the file, the key, what was found and what was expected.
    """
    page = _Page(path)
    columns = {name: page.texts("columns", names) for name, names in page.mapping("columns").items()}
    feed = Feed(
        name=path.stem,
        description=page.text("description"),
        file_name=page.pattern("file_name"),
        time_format=page.text("time_format"),
        zone=page.zone("zone"),
        encodings=page.texts("encodings", page.content["encodings"]),
        delimiter=page.text("delimiter"),
        quoting=page.quoting("quoting"),
        columns=columns,
        required=page.texts("required", page.content["required"]),
        constants={name: str(value) for name, value in page.mapping("constants").items()},
        door=page.mapping("door"),
    )
    _agree(page, feed)
    return feed


class _Page:
    """A YAML's top level; every question answers with the kind asked for or says what is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise FeedError(f"{path}: not YAML: {error}. Correct the file.") from error
        if not isinstance(content, dict) or content.keys() != KEYS:
            found = ", ".join(sorted(map(str, content))) if isinstance(content, dict) else "no keys"
            self.wrong("top level", found, f"exactly {', '.join(sorted(KEYS))}")
        self.content: dict[str, object] = content

    def wrong(self, key: str, found: object, expected: str) -> NoReturn:
        raise FeedError(f"{self.path}: {key}: found {found}, expected {expected}. Correct the file.")

    def text(self, key: str) -> str:
        value = self.content[key]
        return value if isinstance(value, str) and value else self.wrong(key, repr(value), "a text")

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.wrong(key, repr(value), "a list of texts")
        return tuple(value)

    def mapping(self, key: str) -> dict[str, object]:
        value = self.content[key]
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            self.wrong(key, repr(value), "names with values")
        return value

    def pattern(self, key: str) -> re.Pattern[str]:
        try:
            pattern = re.compile(self.text(key))
        except re.error as error:
            self.wrong(key, str(error), "a regular expression")
        if "exported_at" not in pattern.groupindex:
            self.wrong(key, pattern.pattern, "a group named exported_at")
        return pattern

    def zone(self, key: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.text(key))
        except (ZoneInfoNotFoundError, ValueError):
            self.wrong(key, repr(self.content[key]), "a time zone such as Asia/Tokyo")

    def quoting(self, key: str) -> Quoting:
        value = self.content[key]
        if value not in get_args(Quoting):
            self.wrong(key, repr(value), " or ".join(get_args(Quoting)))
        return cast("Quoting", value)


def _agree(page: _Page, feed: Feed) -> None:
    aliases = [alias for names in feed.columns.values() for alias in names]
    if twice := {alias for alias in aliases if aliases.count(alias) > 1}:
        page.wrong("columns", f"{', '.join(sorted(twice))} twice", "each header name to mean one column")
    if unknown := set(feed.required) - feed.columns.keys():
        page.wrong("required", ", ".join(sorted(unknown)), "names of columns")
    if both := feed.constants.keys() & feed.columns.keys():
        page.wrong("constants", ", ".join(sorted(both)), "names that no column has")
    if unknown := set(feed.encodings) - set(ENCODINGS):
        page.wrong("encodings", ", ".join(sorted(unknown)), " or ".join(ENCODINGS))
    if len(feed.delimiter) != 1 or feed.delimiter in '"\r\n':
        page.wrong("delimiter", repr(feed.delimiter), "one character, no quote and no line end")
