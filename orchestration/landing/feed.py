"""A feed: one kind of file, and how it is read."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Quoting = Literal["fputcsv", "rfc4180"]

# Raise it when decode, tokenise or parse read the same bytes otherwise: every landed file is then read again.
READER = "2"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What one YAML in `feeds/` says.

    Attributes:
        name: of the feed, of its folders and of its table.
        description: what the files hold; ends with the grain.
        file_name: pattern of the whole file name, with a group `exported_at`.
        time_format: how that group is printed (`strptime`).
        zone: where that clock hangs.
        encodings: tried in this order; the first that decodes all bytes is taken.
        delimiter: one character.
        quoting: `fputcsv` (PHP, escape character 0x5C) or `rfc4180`.
        columns: canonical name to the header names that mean it; a second `Tax` is called `Tax__2`.
        required: canonical names without which a file is refused.
        constants: columns whose value is the feed's own.
        door: what the entrance door expects of the rows.
    """

    name: str
    description: str
    file_name: re.Pattern[str]
    time_format: str
    zone: ZoneInfo
    encodings: tuple[str, ...]
    delimiter: str
    quoting: Quoting
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    constants: Mapping[str, str]
    door: Mapping[str, object]

    def exported_at(self, name: str) -> datetime | None:
        """When the file of this name was exported (UTC); None if the name does not say."""
        if not (match := self.file_name.fullmatch(name)):
            return None
        try:
            printed = datetime.strptime(match["exported_at"], self.time_format).replace(tzinfo=self.zone)
        except ValueError:
            return None
        return printed.astimezone(UTC)

    @property
    def mapping_hash(self) -> str:
        """Changes with everything that decides what a row reads; not with the door."""
        return _hash(
            READER, self.file_name.pattern, self.time_format, self.zone.key, self.encodings, self.delimiter,
            self.quoting, dict(self.columns), self.required, dict(self.constants),
        )  # fmt: skip

    @property
    def door_hash(self) -> str:
        """Changes with what the door expects."""
        return _hash(self.door)


def _hash(*meaning: object) -> str:
    return hashlib.sha256(json.dumps(meaning, sort_keys=True, default=str).encode()).hexdigest()
