"""What was said to somebody before he was found to be somebody else."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from mail_jobs.model import Candidate


def said_to_an_alias(db: sqlite3.Connection, candidates: Sequence[Candidate]) -> frozenset[str]:
    """Names of candidates whose step one of their aliases has had under the name of another first order.

    When two customers are found to be one, the first order of the one, on the same day as the other's or
    earlier, names the steps of both. A later first order is another beginning, because the earlier one was
    voided. Only for scenarios that are said once.
    """
    once = [candidate for candidate in candidates if candidate.is_once]
    ids = {key for candidate in once for key in candidate.customer_ids}
    rows = db.execute(
        "SELECT scenario, step, customer_id, occurrence FROM message"
        " WHERE customer_id IN (SELECT value FROM json_each(?)) ORDER BY decided_on, decided_at, name",
        (json.dumps(sorted(ids)),),
    )
    said: dict[tuple[str, str, str], date] = {}
    for scenario, step, customer_id, occurrence in rows:
        place = (scenario, step, customer_id)
        said[place] = max(said.get(place, date.min), _happened_on(occurrence))
    return frozenset(
        candidate.message_name
        for candidate in once
        for key in candidate.customer_ids
        if said.get((candidate.scenario, candidate.step, key), date.min) >= _happened_on(candidate.occurrence)
    )


def _happened_on(occurrence: str) -> date:
    """The day that an occurrence ends with."""
    return date.fromisoformat(occurrence.rpartition(":")[2])
