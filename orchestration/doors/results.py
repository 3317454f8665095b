"""What the entrance door says about the files it judged."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Failing:
    """Rows of one file that break one rule; never their values.

    Attributes:
        sha256: of the file's bytes; a restatement of the same bytes has its number after it.
        file: name under which it came.
        count: how many rows.
        rows: their numbers after the header, from 1; the first ones if there are many.
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
        blocks: whether a file that breaks it is refused; otherwise it only warns.
        success: whether Great Expectations found it met.
        failing: where it is not met, file by file.
    """

    rule: str
    expectation: str
    blocks: bool
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
        found = "; ".join(f"{rule}: {_where(failing)}" for rule, failing in self.broken)
        return f"{self.file} ({self.feed}): refused at the entrance. Broken: {found}. {REMEDY}"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One judgement of all that was pending in one feed.

    Attributes:
        feed: name of the feed.
        since: when the run began.
        rows: how many were judged.
        outcomes: rule by rule; none if there was no row, because nothing was asked then.
        passed: names of the files let in.
        refused: the others.
        newest_refused: name of the newest file if it lies refused, since now or earlier, by landing or door:
            the feed is then not up to date, and the door stays shut until something newer comes.
    """

    feed: str
    since: datetime
    rows: int
    outcomes: tuple[Outcome, ...]
    passed: tuple[str, ...]
    refused: tuple[RefusedFile, ...]
    newest_refused: str

    @property
    def success(self) -> bool:
        """Whether nothing keeps the door shut."""
        return not self.alarming and not self.newest_refused

    @property
    def alarming(self) -> tuple[RefusedFile, ...]:
        """Refusals that somebody must see to: what came in this run, and the feed's newest.

        The others are known and outlived: a restore or a changed feed only met them again.
        """
        return tuple(
            one for one in self.refused if one.landed_at >= self.since or one.file == self.newest_refused
        )

    @property
    def message(self) -> str:
        """What was refused, and what else keeps the door shut, for a person; nothing if all is well."""
        told = [refusal.message for refusal in self.refused]
        if self.newest_refused and self.newest_refused not in {refusal.file for refusal in self.refused}:
            told.append(
                f"{self.newest_refused} ({self.feed}): lies refused, and nothing newer has come. {REMEDY}"
            )
        return "\n".join(told)


ROWS_SHOWN = 10
REMEDY = "Correct these rows in the shop and export again, or correct `door:` in the feed's YAML."


def _where(failing: Failing) -> str:
    shown = failing.rows[:ROWS_SHOWN]
    more = ", …" if failing.count > len(shown) else ""
    return f"{failing.count} rows ({', '.join(map(str, shown))}{more})"
