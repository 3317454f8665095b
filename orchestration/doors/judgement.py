"""All that the entrance door has to say about one feed."""

from dataclasses import dataclass
from datetime import datetime

from orchestration.doors.results import JudgedFile, Outcome, RefusedFile, remedy, where


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One judgement of all that was pending in one feed.

    Attributes:
        feed: name of the feed.
        since: when the run began.
        files: what was judged.
        outcomes: rule by rule; none if there was no row, because nothing was asked then.
        refused: the files that were not let in.
        newest_refused: name of the newest file if it lies refused, since now or earlier, by landing or door:
            the feed is then not up to date, and the door stays shut until something newer comes.
    """

    feed: str
    since: datetime
    files: tuple[JudgedFile, ...]
    outcomes: tuple[Outcome, ...]
    refused: tuple[RefusedFile, ...]
    newest_refused: str

    @property
    def success(self) -> bool:
        """Whether nothing keeps the door shut."""
        return not self.alarming and not self.newest_refused

    @property
    def passed(self) -> tuple[str, ...]:
        """Names of the files let in."""
        return tuple(file.file for file in self.files if file.is_let_in)

    @property
    def alarming(self) -> tuple[RefusedFile, ...]:
        """Refusals that somebody must see to: what came in this run, and the feed's newest.

        The others are known and outlived: a restore or a changed feed only met them again.
        """
        return tuple(
            one for one in self.refused if one.landed_at >= self.since or one.file == self.newest_refused
        )

    @property
    def taken_out(self) -> int:
        """Rows quarantined of the files that were let in."""
        return sum(file.quarantined for file in self.files if file.is_let_in)

    @property
    def table(self) -> list[dict[str, str | int]]:
        """The rules and how they came out."""
        return [
            {
                "rule": outcome.rule,
                "expectation": outcome.expectation,
                "then": outcome.then,
                "met": str(outcome.success),
                "rows failing": sum(failing.count for failing in outcome.failing),
            }
            for outcome in self.outcomes
        ]

    @property
    def message(self) -> str:
        """What was refused, and what else keeps the door shut, for a person; nothing if all is well."""
        told = [refusal.message for refusal in self.refused]
        if self.newest_refused and self.newest_refused not in {refusal.file for refusal in self.refused}:
            told.append(
                f"{self.newest_refused} ({self.feed}): lies refused, and nothing newer has come. "
                f"{remedy(self.feed)}"
            )
        return "\n".join(told)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at in the files let in: rows taken out, and the rules that they or others break."""
        let_in = {file.sha256 for file in self.files if file.is_let_in}
        quarantined = [
            f"{file.file} ({self.feed}): {file.quarantined} of {file.rows} rows quarantined; "
            f"quarantine/{self.feed}/{file.sha256}.door.parquet says why."
            for file in self.files
            if file.is_let_in and file.quarantined
        ]
        doubtful = [
            f"{failing.file} ({self.feed}): {outcome.rule}: {where(failing)}."
            for outcome in self.outcomes
            for failing in outcome.failing
            if outcome.then != "refuse" and failing.sha256 in let_in
        ]
        return (*quarantined, *doubtful)
