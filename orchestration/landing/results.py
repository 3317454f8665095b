"""What landing says about the files it met."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a file cannot be read; never holds a value of one of its rows.

    Attributes:
        found: what the file shows.
        expected: what its feed asks for.
        remedy: what a person can do now.
    """

    found: str
    expected: str
    remedy: str

    @property
    def words(self) -> str:
        """It all, for a person."""
        return f"found {self.found}; expected {self.expected}. {self.remedy}"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A file refused as a whole; its bytes stay in landing.

    Attributes:
        feed: name of the feed in whose inbox the file lay.
        file: name under which it came.
        sha256: name under which its bytes are kept; nothing if they still lie in the inbox, because the feed
            forbids to keep what it cannot read.
        landed_at: when they came under that name.
        fault: why.
    """

    feed: str
    file: str
    sha256: str
    landed_at: datetime
    fault: Fault

    @property
    def message(self) -> str:
        """One line for a person: file, feed, found, expected, what to do."""
        return f"{self.file} ({self.feed}): {self.fault.words}"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A file whose rows await the entrance door.

    Attributes:
        feed: name of the feed.
        file: name under which it came.
        sha256: name under which its bytes are kept.
        encoding: what the bytes were decoded from.
        unmapped: header names that the feed does not know; their cells are kept in `extra`.
        physical: records after the header, blank ones included.
        landed: rows written.
        quarantined: rows refused, each with its reason.
        blank: records without any value.
        warnings: what a person should look at, although the file is read: no row at all, or more refused
            rows than the feed's threshold allows.
    """

    feed: str
    file: str
    sha256: str
    encoding: str
    unmapped: tuple[str, ...]
    physical: int
    landed: int
    quarantined: int
    blank: int
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        """Let no row go missing unsaid."""
        if self.physical != self.landed + self.quarantined + self.blank:
            raise ValueError(
                f"{self.sha256} ({self.feed}): {self} does not add up. Keep the file and report this."
            )


@dataclass(frozen=True, kw_only=True)
class Landed:
    """What one landing of one feed did.

    Attributes:
        feed: name of the feed.
        now: when it began.
        newest: name of the feed's newest export of all that landed.
        files: names of what came and says something new.
        restated: those among them whose bytes had been kept before: exported again, and unchanged.
        duplicates: names of what came and had come before with the same export time.
        waiting: names that may still be being written.
        parsed: files read now, whether kept now or read again under a changed feed.
        refused: files refused now, whether kept now or read again.
    """

    feed: str
    now: datetime
    newest: str
    files: tuple[str, ...]
    restated: tuple[str, ...]
    duplicates: tuple[str, ...]
    waiting: tuple[str, ...]
    parsed: tuple[Parsed, ...]
    refused: tuple[Refusal, ...]

    @property
    def counts(self) -> dict[str, int]:
        """What came and what became of its rows, by name."""
        return {
            "files": len(self.files),
            "restated": len(self.restated),
            "known before": len(self.duplicates),
            "still being written": len(self.waiting),
            "physical": sum(file.physical for file in self.parsed),
            "rows": sum(file.landed for file in self.parsed),
            "quarantined": sum(file.quarantined for file in self.parsed),
            "blank": sum(file.blank for file in self.parsed),
        }

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at in the files read now."""
        return tuple(f"{one.file} ({one.feed}): {text}" for one in self.parsed for text in one.warnings)

    @property
    def alarming(self) -> tuple[Refusal, ...]:
        """Refusals that somebody must see to: what came just now, and the feed's newest.

        The others are known and outlived: a restore or a changed feed only met them again.
        """
        return tuple(one for one in self.refused if one.landed_at >= self.now or one.file == self.newest)
