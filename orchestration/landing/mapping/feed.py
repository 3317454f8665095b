"""A feed: one kind of file, and how it is read."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from orchestration.landing.mapping.column import Column
from orchestration.landing.mapping.terms import (
    Channel,
    Device,
    Money,
    Persons,
    StatusRule,
    Threshold,
    Told,
)

Format = Literal["csv", "json", "jsonl"]
Quoting = Literal["fputcsv", "rfc4180", "none"]
Keeps = Literal["everything", "mapped"]
Unended = Literal["refuse", "warn"]
PACKED = (".gz", ".zip")

# Raise it when decode, tokenise or parse read the same bytes otherwise: every landed file is then read again.
READER = "4"
# Raise it when a rule of the entrance door judges the same rows otherwise: every file is then judged again.
JUDGE = "2"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What one YAML in `feeds/` says; `catalogue.read_feed` reads it.

    Attributes:
        name: of the feed, of its folders and of its rows.
        description: what the files hold; ends with the grain.
        kind: a key of `kinds.yaml`.
        tells: what the rows of a feed of orders state; empty for other kinds.
        channel: whether the shop is ours or a mall's.
        persons: whether its orders name people.
        file_name: pattern of the whole file name without `.gz` or `.zip`, with a group `exported_at`.
        time_format: how that group is printed (`strptime`).
        zone: where that clock hangs, and naive times inside the file.
        format: of the content.
        encodings: tried in this order; the first that decodes all bytes is taken.
        delimiter: one character; nothing for JSON.
        quoting: `fputcsv` (PHP, escape character 0x5C), `rfc4180`, or `none`: quotes are letters.
        unended: CSV only: what becomes of a file whose last row has no line end; `warn`: it is read if that
            row has all its cells. A vendor's machine always ends it; people's programs often do not.
        rows: JSON only: path of the lists to unfold; nothing: the document, or its list, is the row.
        keeps: `mapped`: what the feed does not map is never written anywhere.
        unknown: cells that mean that nothing is known; they are read as blank.
        columns: canonical name to how it is found.
        required: canonical names without which a file is refused.
        constants: columns whose value is the feed's own.
        statuses: what the orders' statuses mean, first fit; empty where the feed tells no orders.
        money: what the orders' amounts hold; None for other kinds.
        devices: what the orders' cells `device` say, as printed.
        retention_days: how long after delivery the vendor lets personal data be kept; such a feed keeps
            none at all. None: as long as the shop may.
        threshold: how many rows may be unreadable.
        door: what the entrance door expects of the rows.
    """

    name: str
    description: str
    kind: str
    tells: tuple[Told, ...]
    channel: Channel
    persons: Persons
    file_name: re.Pattern[str]
    time_format: str
    zone: ZoneInfo
    format: Format
    encodings: tuple[str, ...]
    delimiter: str
    quoting: Quoting
    unended: Unended
    rows: str
    keeps: Keeps
    unknown: tuple[str, ...]
    columns: Mapping[str, Column]
    required: tuple[str, ...]
    constants: Mapping[str, str]
    statuses: tuple[StatusRule, ...]
    money: Money | None
    devices: Mapping[str, Device]
    retention_days: int | None
    threshold: Threshold
    door: Mapping[str, object]

    def exported_at(self, name: str) -> datetime | None:
        """When the file of this name was exported (UTC); None if the name does not say."""
        match = self.file_name.fullmatch(unpacked_name(name))
        if not match or not match["exported_at"]:
            return None
        try:
            printed = datetime.strptime(match["exported_at"], self.time_format).replace(tzinfo=self.zone)
        except ValueError:
            return None
        return printed.astimezone(UTC)

    @property
    def names_told(self) -> str:
        """The pattern of names for a person, with an example if its pattern is plain enough to make one."""
        printed = datetime(2026, 1, 5, 6, tzinfo=self.zone).strftime(self.time_format)
        timed = re.sub(r"\(\?P<exported_at>[^()]*\)", printed, self.file_name.pattern)
        example = re.sub(r"\(\?:|\.\*|[()?\\]", "", timed)
        return self.file_name.pattern + (f", such as {example}" if self.exported_at(example) else "")

    @cached_property
    def mapping_hash(self) -> str:
        """Changes with everything that decides what a row reads; not with the door."""
        columns = [(name, asdict(column)) for name, column in self.columns.items()]
        return _hash(
            READER, self.name, self.file_name.pattern, self.time_format, self.zone.key, self.format,
            self.encodings, self.delimiter, self.quoting, self.unended, self.rows, self.keeps, self.unknown,
            columns, self.required, dict(self.constants), asdict(self.threshold),
        )  # fmt: skip

    @cached_property
    def door_hash(self) -> str:
        """Changes with what the door expects."""
        return _hash(JUDGE, self.door)


def unpacked_name(name: str) -> str:
    """A file's name without `.gz` or `.zip`."""
    return name.removesuffix(PACKED[0]).removesuffix(PACKED[1])


def _hash(*meaning: object) -> str:
    return hashlib.sha256(json.dumps(meaning, sort_keys=True, default=str).encode()).hexdigest()
