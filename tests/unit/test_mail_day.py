import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from mail_jobs.day import GuardError, plan_day, send_day
from mail_jobs.gateway import Answer, Batch, Evidence, Gateway, Outcome
from mail_jobs.ledger import look, own
from mail_jobs.model import Arm, Candidate
from mail_jobs.outbox import Outbox
from mail_jobs.report import PlanReport, SendReport, status
from mail_jobs.send import Limits
from tests.mail_world import DAY, LIMITS, NOON, candidate, people, publish


@dataclass
class Scripted:
    """A carrier that answers by a script, then accepts; its log is the truth."""

    script: list[Answer] = field(default_factory=list)
    known: Evidence = Evidence.UNKNOWN
    bad: frozenset[str] = frozenset()
    name: str = "scripted"
    live: bool = False
    posted: list[Batch] = field(default_factory=list)

    def post(self, batch: Batch) -> Answer:
        """Answer by the script."""
        self.posted.append(batch)
        if self.script:
            return self.script.pop(0)
        bad = self.bad & {letter.to for letter in batch.letters}
        return answer(Outcome.REFUSED if bad else Outcome.ACCEPTED)

    def evidence(self, token: str) -> Evidence:  # noqa: ARG002  # the seam's signature
        """Tell what this carrier can tell."""
        return self.known


class Dying(Scripted):
    """A carrier in whose call the process ends."""

    def post(self, batch: Batch) -> Answer:  # noqa: ARG002  # the seam's signature
        """End."""
        raise KeyboardInterrupt


def answer(outcome: Outcome, wait_seconds: float | None = None) -> Answer:
    return Answer(outcome=outcome, reason=f"scripted {outcome}", wait_seconds=wait_seconds)


def days(number: int) -> list[date]:
    return [DAY + timedelta(days=later) for later in range(number)]


def planned(home: Path, candidates: Iterable[Candidate], day: date = DAY) -> PlanReport:
    publish(home, candidates, day)
    return plan_day(home=home, as_of=day, now=NOON)


def sent(
    home: Path, gateway: Gateway, day: date = DAY, limits: Limits = LIMITS, waits: list[float] | None = None
) -> SendReport:
    noted = [] if waits is None else waits
    return send_day(
        home=home, as_of=day, gateway=gateway, limits=limits, clock=lambda: NOON, wait=noted.append
    )


def states(home: Path) -> dict[str, int]:
    with look(home) as db:
        return dict(db.execute("SELECT state, count(*) FROM recipient GROUP BY state"))


def reached(gateway: Scripted) -> list[str]:
    return sorted(letter.to for batch in gateway.posted for letter in batch.letters)


def suppress(home: Path, mail: str) -> None:
    with own(home=home, now=NOON) as ledger:
        values = (ledger.address_hash(mail),)
        ledger.db.execute("INSERT INTO suppression VALUES (?, 'unsubscribe', 'test', 0)", values)


ALL = {"holdout_percent": 0}


def test_a_day_is_planned_sent_to_the_treated_and_then_done(tmp_path: Path) -> None:
    report = planned(tmp_path, people(200))
    (row,) = report.rows
    assert row.due == row.treat + row.holdout == report.decided == 200
    assert 8 <= row.holdout <= 35
    said = sent(tmp_path, Outbox(root=tmp_path / "outbox"))
    assert (said.count("accepted"), said.stopped, said.unresolved) == (row.treat, None, ())
    assert len(list((tmp_path / "outbox" / "2026-05-20").glob("*/*.eml"))) == row.treat
    assert states(tmp_path) == {"accepted": row.treat, "holdout": row.holdout}
    with look(tmp_path) as db:
        assert {run.run_state for run in status(db).runs} == {"done"}


def test_a_second_plan_and_send_on_the_same_day_say_nothing_new(tmp_path: Path) -> None:
    planned(tmp_path, people(50))
    sent(tmp_path, Outbox(root=tmp_path / "outbox"))
    before = sorted((tmp_path / "outbox").rglob("*.eml"))
    again = plan_day(home=tmp_path, as_of=DAY, now=NOON)
    assert (again.decided, again.rows[0].known) == (0, 50)
    assert sent(tmp_path, Outbox(root=tmp_path / "outbox")).rows == ()
    assert sorted((tmp_path / "outbox").rglob("*.eml")) == before


def test_a_newly_due_candidate_joins_the_days_run(tmp_path: Path) -> None:
    planned(tmp_path, people(2, **ALL))
    sent(tmp_path, Scripted())
    assert planned(tmp_path, people(3, **ALL)).decided == 1
    later = Scripted()
    assert sent(tmp_path, later).count("accepted") == 1
    assert reached(later) == ["person2@example.com"]
    with look(tmp_path) as db:
        assert db.execute("SELECT campaign, slot, n_planned, state FROM campaign_run").fetchall() == [
            ("second_purchase/1", "2026-05-20", 3, "done")
        ]


def test_the_same_plan_has_the_same_hash_whatever_the_order(tmp_path: Path) -> None:
    hashes = set()
    for name, order in (("a", people(20)), ("b", people(20)[::-1])):
        planned(tmp_path / name, order)
        with look(tmp_path / name) as db:
            hashes.add(db.execute("SELECT plan_sha256, marts_version FROM campaign_run").fetchone())
    assert len(hashes) == 1


def test_a_mail_in_the_outbox_is_what_its_reader_gets(tmp_path: Path) -> None:
    planned(tmp_path, people(1, **ALL))
    sent(tmp_path, Outbox(root=tmp_path / "outbox"))
    (path,) = (tmp_path / "outbox").rglob("*.eml")
    raw = path.read_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert (mail["To"], mail["Subject"]) == (
        "person0@example.com",
        "山田 花子0 様、その後の使い心地はいかがですか",
    )
    assert 'From: "常連商店 <本店>" <shop@example.com>'.encode() in raw
    assert mail["List-Unsubscribe"] == "<https://shop.example.com/refuse?m=0&k=1>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "山田 花子0 様".encode() in raw
    assert path.stat().st_mode & 0o077 == 0


def test_chunks_hold_one_step_and_one_sender_by_priority(tmp_path: Path) -> None:
    other = replace(candidate(1).sender, name="別の店")
    planned(
        tmp_path,
        [
            *people(5, **ALL),
            *(candidate(n, sender=other, **ALL) for n in (5, 6)),
            candidate(9, "2", priority=0, **ALL),
        ],
    )
    gateway = Scripted()
    sent(tmp_path, gateway, limits=replace(LIMITS, chunk=2))
    sizes = [len(batch.letters) for batch in gateway.posted]
    assert (sizes[0], sorted(sizes[1:])) == (1, [1, 2, 2, 2])
    assert len({(batch.content, batch.sender) for batch in gateway.posted}) == 3
    assert len({batch.token for batch in gateway.posted}) == 5


def test_someone_suppressed_after_the_plan_is_not_written_to(tmp_path: Path) -> None:
    planned(tmp_path, people(3, **ALL))
    suppress(tmp_path, "Person1@example.com")
    gateway = Scripted()
    assert sent(tmp_path, gateway).count("suppressed") == 1
    assert reached(gateway) == ["person0@example.com", "person2@example.com"]


def test_one_bad_address_among_many_is_found_by_halving_and_rejected_alone(tmp_path: Path) -> None:
    planned(tmp_path, people(100, **ALL))
    bad = frozenset({"person3@example.com", "person50@example.com", "person99@example.com"})
    gateway = Scripted(bad=bad)
    report = sent(tmp_path, gateway)
    assert (report.count("accepted"), report.count("rejected"), report.stopped) == (97, 3, None)
    assert len(gateway.posted) <= 50


def test_the_last_of_a_batch_that_was_suppressed_around_him_is_rejected_once(tmp_path: Path) -> None:
    planned(tmp_path, people(2, **ALL))
    suppress(tmp_path, "person0@example.com")
    report = sent(tmp_path, Scripted(bad=frozenset({"person1@example.com"})))
    assert (report.count("suppressed"), report.count("rejected"), report.stopped) == (1, 1, None)


def test_a_text_that_is_always_refused_stops_before_it_uses_everybody_up(tmp_path: Path) -> None:
    planned(tmp_path, people(64, **ALL))
    gateway = Scripted(bad=frozenset(f"person{n}@example.com" for n in range(64)))
    report = sent(tmp_path, gateway)
    assert report.stopped == "too much trouble: 3 of second_purchase/1@2026-05-20 refused and none accepted"
    assert states(tmp_path) == {"rejected": 3, "planned": 61}


def test_a_campaign_that_is_always_refused_leaves_the_others_their_turn(tmp_path: Path) -> None:
    planned(
        tmp_path,
        [
            *people(8, **ALL),
            *(candidate(n, "2", priority=2, **ALL) for n in range(100, 103)),
            *(candidate(n, "3", priority=3, **ALL) for n in range(200, 204)),
        ],
    )
    bad = frozenset(f"person{n}@example.com" for n in (*range(8), *range(200, 204)))
    report = sent(tmp_path, Scripted(bad=bad))
    assert states(tmp_path) == {"rejected": 6, "planned": 6, "accepted": 3}
    assert report.stopped == (
        "too much trouble: 3 of second_purchase/1@2026-05-20 refused and none accepted,"
        " 3 of second_purchase/3@2026-05-20 refused and none accepted"
    )


def test_a_batch_in_which_nobody_is_left_is_neither_good_nor_bad_news(tmp_path: Path) -> None:
    persons = people(12, **ALL)
    planned(tmp_path, persons)
    suppress(tmp_path, min(persons, key=lambda said: said.message_name).mail)
    gateway = Scripted(bad=frozenset(said.mail for said in persons))
    report = sent(tmp_path, gateway, limits=replace(LIMITS, chunk=1))
    assert report.stopped == "too much trouble: 3 of second_purchase/1@2026-05-20 refused and none accepted"
    assert states(tmp_path) == {"suppressed": 1, "rejected": 3, "planned": 8}


def test_a_stop_answer_ends_the_run_and_nothing_is_lost(tmp_path: Path) -> None:
    planned(tmp_path, people(4, **ALL))
    report = sent(tmp_path, Scripted(script=[answer(Outcome.STOP)]), limits=replace(LIMITS, chunk=2))
    assert report.stopped == "scripted: scripted stop: this batch did not go out"
    assert states(tmp_path) == {"planned": 4}
    assert sent(tmp_path, Scripted()).count("accepted") == 4


def test_a_carrier_that_asks_to_wait_is_waited_for(tmp_path: Path) -> None:
    planned(tmp_path, people(2, **ALL))
    waits: list[float] = []
    busy = [answer(Outcome.LATER, 17), answer(Outcome.LATER), answer(Outcome.LATER, 3000)]
    assert sent(tmp_path, Scripted(script=busy), waits=waits).count("accepted") == 2
    assert waits == [17, 2, 3000]


def test_a_run_waits_for_so_long_in_all_and_no_longer(tmp_path: Path) -> None:
    planned(tmp_path, people(4, **ALL))
    waits: list[float] = []
    busy = [answer(Outcome.LATER, 1000), answer(Outcome.ACCEPTED)] * 2 + [answer(Outcome.LATER, 1601)]
    report = sent(tmp_path, Scripted(script=busy), limits=replace(LIMITS, chunk=1), waits=waits)
    assert (report.stopped, waits) == ("scripted: scripted later: this batch did not go out", [1000, 1000])
    assert states(tmp_path) == {"accepted": 2, "planned": 2}


def test_patience_ends_and_the_messages_stay_planned(tmp_path: Path) -> None:
    planned(tmp_path, people(2, **ALL))
    report = sent(tmp_path, Scripted(script=[answer(Outcome.LATER)] * 9))
    assert report.stopped
    assert states(tmp_path) == {"planned": 2}


@pytest.mark.parametrize(
    ("known", "ends"),
    [
        (Evidence.YES, {"accepted": 4}),
        (Evidence.NO, {"accepted": 4}),
        (Evidence.UNKNOWN, {"accepted": 2, "unresolved": 2}),
    ],
)
def test_a_doubt_is_settled_by_evidence_and_without_it_never_sent_again(
    tmp_path: Path, known: Evidence, ends: dict[str, int]
) -> None:
    planned(tmp_path, people(4, **ALL))
    gateway = Scripted(script=[answer(Outcome.DOUBT)], known=known)
    report = sent(tmp_path, gateway, limits=replace(LIMITS, chunk=2))
    assert states(tmp_path) == ends
    assert len(report.unresolved) == ends.get("unresolved", 0)
    assert len(gateway.posted) == (3 if known is Evidence.NO else 2)
    assert sent(tmp_path, Scripted()).rows == ()


def test_three_doubts_end_the_run(tmp_path: Path) -> None:
    planned(tmp_path, people(9, **ALL))
    gateway = Scripted(script=[answer(Outcome.DOUBT)] * 9)
    assert sent(tmp_path, gateway, limits=replace(LIMITS, chunk=1)).stopped == "too much trouble: 3 in doubt"
    assert states(tmp_path) == {"unresolved": 3, "planned": 6}


def test_another_carriers_silence_is_no_evidence(tmp_path: Path) -> None:
    planned(tmp_path, people(1, **ALL))
    with pytest.raises(KeyboardInterrupt):
        sent(tmp_path, Dying())
    assert states(tmp_path) == {"bound": 1}
    report = sent(tmp_path, Outbox(root=tmp_path / "outbox"))
    assert report.unresolved == (candidate(0).message_name,)


def test_what_a_day_left_unsent_goes_out_the_next_day_while_it_is_still_due(tmp_path: Path) -> None:
    tomorrow = DAY + timedelta(days=1)
    planned(tmp_path, [candidate(0, **ALL), candidate(1, **ALL), candidate(2, expires_on=tomorrow, **ALL)])
    still = [candidate(0, **ALL), candidate(1, mail="moved@example.com", **ALL)]
    assert planned(tmp_path, [*still, candidate(0, "2", rest_days=0, **ALL)], tomorrow).rows[1].beaten == 1
    gateway = Scripted()
    report = sent(tmp_path, gateway, tomorrow)
    assert reached(gateway) == ["person0@example.com"]
    assert (report.count("accepted"), report.count("expired")) == (1, 2)
    with look(tmp_path) as db:
        reasons = {why for (why,) in db.execute("SELECT reason FROM recipient WHERE state = 'expired'")}
    assert reasons == {"past its deadline", "its address has changed or gone"}


def test_a_day_without_candidates_ends_nothing_that_is_still_due(tmp_path: Path) -> None:
    gateway, (today, tomorrow, after) = Scripted(), days(3)
    planned(tmp_path, people(2, **ALL), today)
    for day, still, heard in ((today, 0, 0), (tomorrow, 2, 2)):
        publish(tmp_path, people(still, **ALL), day)
        sent(tmp_path, gateway, day)
        assert len(reached(gateway)) == heard
    assert sent(tmp_path, gateway, tomorrow).rows == ()
    publish(tmp_path, [], after)
    assert sent(tmp_path, gateway, after).rows == ()


def test_a_planned_message_that_is_no_candidate_any_more_waits_in_silence_for_its_deadline(
    tmp_path: Path,
) -> None:
    gateway = Scripted()
    planned(tmp_path, people(1, **ALL))
    for day, found in zip(days(4), ["planned", "planned", "planned", "expired"], strict=True):
        publish(tmp_path, [], day)
        sent(tmp_path, gateway, day)
        assert states(tmp_path) == {found: 1}
    assert gateway.posted == []


def test_a_message_speaks_in_the_words_of_the_day_it_is_sent(tmp_path: Path) -> None:
    gateway = Scripted()
    planned(tmp_path, people(1, **ALL))
    publish(tmp_path, people(1, family_name="鈴木", **ALL))
    sent(tmp_path, gateway)
    assert gateway.posted[0].letters[0].words.salutation == "鈴木 花子0 様"


def test_a_mail_sent_late_rests_from_the_day_it_was_heard(tmp_path: Path) -> None:
    gateway = Scripted(script=[answer(Outcome.STOP)] * 2)
    late = candidate(0, mail="home@example.com", **ALL)
    for day in days(3):
        planned(tmp_path, [late], day)
        sent(tmp_path, gateway, day)
    assert states(tmp_path) == {"accepted": 1}
    fifth = DAY + timedelta(days=4)
    other = candidate(1, mail="home@example.com", due_on=fifth, expires_on=fifth + timedelta(days=3), **ALL)
    assert planned(tmp_path, [other], fifth).rows[0].resting == 1
    assert planned(tmp_path, [other], fifth + timedelta(days=1)).decided == 1


@pytest.mark.parametrize("last", [answer(Outcome.STOP), None])
def test_what_an_earlier_day_left_open_is_todays_one_mail(tmp_path: Path, last: Answer | None) -> None:
    today, tomorrow = days(2)
    first, second = candidate(0, rest_days=1, **ALL), candidate(0, "2", rest_days=1, **ALL)
    planned(tmp_path, [first], today)
    outbox = Outbox(root=tmp_path / "outbox")
    if last:
        sent(tmp_path, Scripted(script=[last]), today)
    else:
        with pytest.raises(KeyboardInterrupt):
            sent(tmp_path, Dying(name="outbox"), today)
    for _ in range(2):
        assert planned(tmp_path, [first, second], tomorrow).rows[1].beaten == 1
        sent(tmp_path, outbox, tomorrow)
    assert len(list((tmp_path / "outbox").rglob("*.eml"))) == 1


@pytest.mark.parametrize("dies", [False, True])
def test_what_is_past_its_deadline_beats_nobody(tmp_path: Path, dies: bool) -> None:  # noqa: FBT001  # a case
    today, tomorrow = days(2)
    planned(tmp_path, [candidate(0, expires_on=tomorrow, rest_days=1, **ALL)], today)
    if dies:
        with pytest.raises(KeyboardInterrupt):
            sent(tmp_path, Dying(name="outbox"), today)
    assert planned(tmp_path, [candidate(0, "2", rest_days=1, **ALL)], tomorrow).decided == 1
    report = sent(tmp_path, Outbox(root=tmp_path / "outbox"), tomorrow)
    assert (report.count("expired"), report.count("accepted")) == (1, 1)


def test_a_doubt_counts_as_heard_on_the_day_of_its_call(tmp_path: Path) -> None:
    gateway = Scripted(script=[answer(Outcome.STOP), answer(Outcome.DOUBT)])
    for day in days(2):
        planned(tmp_path, people(1, **ALL), day)
        sent(tmp_path, gateway, day)
    assert states(tmp_path) == {"unresolved": 1}
    fourth = DAY + timedelta(days=3)
    report = planned(
        tmp_path, [candidate(0, "2", due_on=fourth, expires_on=fourth + timedelta(days=3), **ALL)], fourth
    )
    assert report.rows[0].resting == 1


def test_who_was_held_out_once_is_held_out_of_the_same_scenario_for_ever(tmp_path: Path) -> None:
    planned(tmp_path, people(1, holdout_percent=100))
    later = DAY + timedelta(days=16)
    again = candidate(
        7,
        "2",
        due_on=later,
        expires_on=later + timedelta(days=3),
        customer_id="merged",
        customer_aliases=("c0", "merged"),
        **ALL,
    )
    assert planned(tmp_path, [again], later).rows[0].holdout == 1
    gateway = Scripted()
    sent(tmp_path, gateway, later)
    assert gateway.posted == []


def test_two_customers_found_to_be_one_go_on_in_the_arm_of_the_earliest_decision(tmp_path: Path) -> None:
    today, tomorrow = days(2)
    planned(tmp_path, [candidate(0, holdout_percent=100)], today)
    planned(tmp_path, [candidate(1, **ALL)], tomorrow)
    later = DAY + timedelta(days=16)
    dates = {"due_on": later, "expires_on": later + timedelta(days=3)}
    report = planned(tmp_path, [candidate(1, "2", customer_aliases=("c0", "c1"), **dates, **ALL)], later)
    assert (report.rows[0].treat, report.rows[0].holdout) == (0, 1)


@pytest.mark.parametrize(
    "mail", ["a@[x.jp", "a@example.com, b@example.com", "a\n@example.com", "あ@example.com"]
)
def test_what_is_no_address_is_rejected_alone_and_the_others_go_out(tmp_path: Path, mail: str) -> None:
    planned(tmp_path, [candidate(0, mail=mail, **ALL), *(candidate(n, **ALL) for n in (1, 2))])
    report = sent(tmp_path, Outbox(root=tmp_path / "outbox"))
    assert (report.count("rejected"), report.count("accepted"), report.stopped) == (1, 2, None)
    with look(tmp_path) as db:
        (reason,) = db.execute("SELECT reason FROM recipient WHERE state = 'rejected'").fetchone()
    assert reason == "not an address"
    assert len(list((tmp_path / "outbox").rglob("*.eml"))) == 2


def test_a_name_with_a_line_break_is_rejected_and_the_others_go_out(tmp_path: Path) -> None:
    planned(tmp_path, [candidate(0, **ALL), candidate(1, family_name="a\r\nBcc: x", **ALL)])
    gateway = Scripted()
    assert sent(tmp_path, gateway).count("rejected") == 1
    assert reached(gateway) == ["person0@example.com"]


def test_more_messages_than_the_limit_are_not_sent_at_all(tmp_path: Path) -> None:
    planned(tmp_path, people(3, **ALL))
    gateway = Scripted()
    with pytest.raises(GuardError, match="3 messages are planned, the limit is 2"):
        sent(tmp_path, gateway, limits=replace(LIMITS, messages=2))
    assert gateway.posted == []
    assert states(tmp_path) == {"planned": 3}


def test_real_mail_goes_out_on_its_day_alone(tmp_path: Path) -> None:
    planned(tmp_path, people(1, **ALL))
    with pytest.raises(GuardError, match="Real mail goes out on its day"):
        sent(tmp_path, Scripted(live=True), DAY - timedelta(days=1))
    assert sent(tmp_path, Scripted(live=True)).count("accepted") == 1


def test_real_mail_ends_with_its_day(tmp_path: Path) -> None:
    planned(tmp_path, people(3, **ALL))
    clock = [datetime(2026, 5, 20, 14, 59, tzinfo=UTC)]
    gateway = Scripted(live=True, script=[answer(Outcome.ACCEPTED), answer(Outcome.LATER, 60)])
    report = send_day(
        home=tmp_path, as_of=DAY, gateway=gateway, limits=replace(LIMITS, chunk=1), clock=lambda: clock[0],
        wait=lambda seconds: clock.append(clock.pop() + timedelta(seconds=seconds)),
    )  # fmt: skip
    assert report.stopped == "scripted: the day is over: this batch did not go out"
    assert (len(gateway.posted), states(tmp_path)) == (2, {"accepted": 1, "planned": 2})


def test_held_out_customers_are_never_posted_and_keep_no_address(tmp_path: Path) -> None:
    report = planned(tmp_path, people(40, holdout_percent=50))
    gateway = Scripted()
    sent(tmp_path, gateway)
    with look(tmp_path) as db:
        held = {name for (name,) in db.execute("SELECT name FROM message WHERE arm = ?", (Arm.HOLDOUT,))}
        assert db.execute("SELECT count(*) FROM address").fetchone() == (report.rows[0].treat,)
    assert len(held) == report.rows[0].holdout > 0
    assert not held & {letter.name for batch in gateway.posted for letter in batch.letters}


def test_every_run_adds_up(tmp_path: Path) -> None:
    planned(tmp_path, people(30))
    sent(tmp_path, Scripted(bad=frozenset({"person1@example.com"})))
    with look(tmp_path) as db:
        (to_send,) = db.execute("SELECT n_planned FROM campaign_run").fetchone()
        (held,) = db.execute("SELECT count(*) FROM recipient WHERE state = 'holdout'").fetchone()
        assert to_send + held == 30 == sum(row.messages for row in status(db).runs)


def test_no_log_line_holds_personal_data(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        planned(tmp_path, people(20))
        sent(tmp_path, Scripted(script=[answer(Outcome.LATER)], bad=frozenset({"person1@example.com"})))
    assert "second_purchase/1@2026-05-20" in caplog.text
    for canary in ("example.com", "山田", "花子"):
        assert canary not in caplog.text


def merged(first: Candidate, **changes: object) -> Candidate:
    """The same person, found to be another customer too, whose order on the same day came first."""
    aliases = (first.customer_id, "other")
    return candidate(9, first.step, customer_id="other", customer_aliases=aliases, mail=first.mail, **changes)


def test_two_customers_found_to_be_one_keep_the_earliest_arm_and_rest_under_both(tmp_path: Path) -> None:
    held, treated = candidate(1, holdout_percent=100), candidate(2, holdout_percent=0)
    planned(tmp_path, [held])
    planned(tmp_path, [treated], DAY + timedelta(days=1))
    both = {"customer_id": "c2", "customer_aliases": ("c1", "c2"), "holdout_percent": 0}
    due = {"due_on": DAY, "expires_on": DAY + timedelta(days=9)}
    one = candidate(2, "2", cap_7_days=3, **both, **due)
    assert planned(tmp_path, [one], DAY + timedelta(days=3)).decided == 0
    assert planned(tmp_path, [one], DAY + timedelta(days=4)).decided == 1
    with look(tmp_path) as db:
        assert db.execute("SELECT arm FROM message WHERE step = '2'").fetchall() == [(Arm.HOLDOUT,)]


@pytest.mark.parametrize(
    ("changes", "decided"),
    [
        ({"occurrence": "shopify:order:5:2026-05-01"}, 0),
        ({"occurrence": "shopify:order:5:2026-04-30"}, 0),
        ({"occurrence": "shopify:order:5:2026-05-02"}, 1),
        ({"occurrence": "shopify:order:5:2026-05-01", "is_once": False}, 1),
    ],
    ids=["the same day", "an earlier day", "begun anew after a void", "a scenario that comes again"],
)
def test_a_merge_makes_no_old_message_new(tmp_path: Path, changes: dict[str, object], decided: int) -> None:
    first = candidate(1)
    planned(tmp_path, [first])
    later = {"due_on": DAY, "expires_on": DAY + timedelta(days=9)}
    again = merged(first, **changes, **later)
    assert planned(tmp_path, [again], DAY + timedelta(days=5)).decided == decided
