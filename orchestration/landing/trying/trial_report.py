"""What a trial found, in words; never with a value of a row."""

from collections.abc import Iterator

from orchestration.landing.reading.header import label
from orchestration.landing.results import Fault
from orchestration.landing.trying.match import Match
from orchestration.landing.trying.trial import Counted, Trial


def told(trial: Trial) -> Iterator[str]:
    """Yield the lines of a report."""
    if isinstance(trial.look, Fault):
        yield f"{trial.name}: {trial.look.words}"
        return
    text = trial.look.text
    yield f"{trial.name}: {trial.look.format}, {text.encoding}"
    if not trial.match:
        yield "feed: none that is known; a starting point for its mapping follows"
        return
    yield from _match(trial.match)
    yield from _outcome(trial.outcome)
    for advice in trial.advice:
        yield f"before it lands: {advice}"
    yield "not asked: the rules of its `door:`; they judge when the file lands"


def _match(match: Match) -> Iterator[str]:
    yield f"feed: {match.feed.name} (kind {match.feed.kind}), inbox/{match.feed.name}/"
    yield f"columns found: {len(match.found)} of {len(match.feed.columns)}"
    for name, header in match.found.items():
        yield f"  {name} <- {header}"
    if match.missing_required:
        yield f"missing, and required: {', '.join(_labelled(match))}"
    if others := [name for name in match.missing if name not in match.missing_required]:
        yield f"missing: {', '.join(others)}"
    if match.unmapped:
        kept = "dropped" if match.feed.keeps == "mapped" else "kept in extra"
        yield f"not mapped, {kept}: {', '.join(match.unmapped)}"


def _labelled(match: Match) -> list[str]:
    return [f"{name} ({label(match.feed, name)})" for name in match.missing_required]


def _outcome(outcome: Counted | Fault | None) -> Iterator[str]:
    if isinstance(outcome, Fault):
        yield f"the file would be refused: {outcome.words}"
    elif outcome:
        tally = outcome.tally
        yield f"rows: {tally.rows} read, {tally.quarantined} refused, {tally.blank} blank"
        for row in tally.first:
            yield f"  row {row.number}: {row.reason}"
        for warning in outcome.warnings:
            yield f"warning: {warning}"
