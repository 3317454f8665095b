"""What the entrance door says about the files it judged."""

from dataclasses import dataclass
from datetime import datetime

from orchestration.doors.rule import Then


@dataclass(frozen=True, kw_only=True)
class Failing:
    """Rows of one file that break one rule; never their values.

    Attributes:
        sha256: of the file's bytes; a restatement of the same bytes has its number after it.
        file: name under which it came.
        count: how many rows; 0 where it is the file as a whole.
        rows: their numbers after the header, from 1; the first ones if there are many. Of rows that are
            looked at together (an order's sum), it is the first.
    """

    sha256: str
    file: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one rule came out over all files judged together.

    Attributes:
        rule: what is expected, in words.
        expectation: its type in Great Expectations.
        then: what becomes of what breaks it: the file is refused, rows are quarantined, or it is only said.
        success: whether Great Expectations found it met.
        failing: where it is not met, file by file.
    """

    rule: str
    expectation: str
    then: Then
    success: bool
    failing: tuple[Failing, ...]


@dataclass(frozen=True, kw_only=True)
class RefusedFile:
    """A file that the door did not let in.

    Attributes:
        feed: name of the feed.
        file: name under which it came.
        sha256: of its bytes, a restatement's with its number; name of its rows and of the refusal in
            `quarantine/<feed>/files/`.
        landed_at: when it came.
        broken: the rules it breaks, in words, each with where.
    """

    feed: str
    file: str
    sha256: str
    landed_at: datetime
    broken: tuple[tuple[str, Failing], ...]

    @property
    def message(self) -> str:
        """One line for a person: file, feed, found, what to do."""
        found = "; ".join(f"{rule}: {where(failing)}" for rule, failing in self.broken)
        return f"{self.file} ({self.feed}): refused at the entrance. Broken: {found}. {remedy(self.feed)}"


@dataclass(frozen=True, kw_only=True)
class JudgedFile:
    """A file that was judged.

    Attributes:
        file: name under which it came.
        sha256: of its bytes, a restatement's with its number.
        rows: that waited.
        quarantined: how many of them were taken out.
        is_let_in: whether the others may be read.
    """

    file: str
    sha256: str
    rows: int
    quarantined: int
    is_let_in: bool


ROWS_SHOWN = 10


def remedy(feed: str) -> str:
    """What a person can do about a file that was refused."""
    return (
        "Correct these rows in the shop and export again, or correct `door:` in the feed's YAML: copy ours, "
        f"orchestration/landing/feeds/{feed}.yaml, to JOREN_SHOP/feeds/{feed}.yaml and correct it there."
    )


def where(failing: Failing) -> str:
    """How many rows and which, for a person."""
    if not failing.count:
        return "the file as a whole"
    shown = failing.rows[:ROWS_SHOWN]
    more = ", …" if failing.count > len(shown) else ""
    return f"{failing.count} rows ({', '.join(map(str, shown))}{more})"
