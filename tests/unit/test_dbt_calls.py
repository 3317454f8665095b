"""Who is held out of calls is drawn as who is held out of mails."""

import duckdb
from macros import text_of

from mail_jobs.model import Arm
from mail_jobs.plan import draw

OCCURRENCES = [f"own:order:{number}:2026-11-{number % 28 + 1:02}" for number in range(400)]


def test_the_warehouse_draws_as_the_mails_do() -> None:
    percent = text_of("drawn_percent('salt', 'scenario', 'occurrence')")
    rows = "select 's-1' as salt, 'call_list' as scenario, unnest($occurrences::varchar[]) as occurrence"
    found = duckdb.execute(f"select occurrence, {percent} from ({rows})", {"occurrences": OCCURRENCES})
    held_out = {occurrence for occurrence, percent in found.fetchall() if percent < 20}
    assert held_out == {
        occurrence
        for occurrence in OCCURRENCES
        if draw(salt="s-1", scenario="call_list", occurrence=occurrence, holdout_percent=20) is Arm.HOLDOUT
    }
    assert 40 < len(held_out) < 120
