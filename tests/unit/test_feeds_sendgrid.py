"""SendGrid's events: an event or an array a line, its arguments flat among its own keys."""

import json
from pathlib import Path

from feed_files import STAMP, read

NAME = f"events_{STAMP}.ndjson"
SMTP_ID = "<14c5d75ce93.dfd.64b469@ismtpd-555>"
BOUNCE = {
    "email": "a@example.com", "timestamp": 1767452399, "smtp-id": SMTP_ID, "event": "bounce",
    "sg_event_id": "6g4ZI7SA-xmRDv57GoPIPw==", "sg_message_id": "m.1", "reason": "550 5.1.1 unknown",
    "status": "5.1.1", "type": "blocked", "bounce_classification": "Reputation", "tls": 1,
    "joren_token": "k1", "category": ["a", "b"],
}  # fmt: skip
CLICK = {
    "email": "a@example.com", "timestamp": "1767452400", "event": "click", "sg_event_id": "e2",
    "sg_message_id": "m.1", "url": "https://example.com/?a=1", "url_offset": {"index": 0, "type": "html"},
    "useragent": "Mozilla/5.0", "category": "a", "New Argument 1": "x",
}  # fmt: skip


def lines(*values: object) -> bytes:
    """One JSON value a line."""
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def test_an_event_lands_whether_its_line_is_an_object_or_the_array_of_a_post(tmp_path: Path) -> None:
    opened = {"email": "b@example.com", "timestamp": 1767452401, "event": "open", "sg_machine_open": True}
    got = read(tmp_path, "sendgrid_events", NAME, lines(BOUNCE, [CLICK, opened]))
    assert got.column("event") == ["bounce", "click", "open"]
    said = ("mail", "happened_at", "event_id", "provider_message_id", "token", "smtp_id", "reason", "status",
            "bounce_type", "bounce_classification")  # fmt: skip
    assert [got.rows[0][name] for name in said] == [
        "a@example.com", "1767452399", "6g4ZI7SA-xmRDv57GoPIPw==", "m.1", "k1", SMTP_ID, "550 5.1.1 unknown",
        "5.1.1", "blocked", "Reputation",
    ]  # fmt: skip
    assert got.column("machine_opened") == ["", "", "true"]
    assert (got.rows[1]["url"], got.rows[1]["user_agent"]) == ("https://example.com/?a=1", "Mozilla/5.0")


def test_the_time_may_be_a_number_or_a_text_and_the_category_a_text_or_a_list(tmp_path: Path) -> None:
    got = read(tmp_path, "sendgrid_events", NAME, lines(BOUNCE, CLICK))
    assert got.column("happened_at") == ["1767452399", "1767452400"]
    assert [got.rows[0]["categories"].replace(" ", ""), got.rows[1]["categories"]] == ['["a","b"]', "a"]


def test_other_arguments_are_kept_beside(tmp_path: Path) -> None:
    got = read(tmp_path, "sendgrid_events", NAME, lines(CLICK))
    assert got.beside(0) == {"url_offset.index": "0", "url_offset.type": "html", "New Argument 1": "x"}


def test_an_event_about_the_account_has_no_address(tmp_path: Path) -> None:
    event = {
        "event": "account_status_change",
        "sg_event_id": "e",
        "timestamp": 1767452399,
        "type": "compliance_suspend",
    }
    got = read(tmp_path, "sendgrid_events", NAME, lines(event))
    assert (got.rows[0]["mail"], got.rows[0]["bounce_type"]) == ("", "compliance_suspend")


def test_the_same_event_told_twice_lands_twice(tmp_path: Path) -> None:
    got = read(tmp_path, "sendgrid_events", NAME, lines(BOUNCE, BOUNCE | {"sg_event_id": "other"}))
    assert got.column("event_id") == ["6g4ZI7SA-xmRDv57GoPIPw==", "other"]


def test_a_line_that_is_no_event_is_quarantined(tmp_path: Path) -> None:
    got = read(tmp_path, "sendgrid_events", NAME, lines(BOUNCE) + b"{broken\n" + lines(CLICK, "text"))
    assert (got.parsed.physical, got.parsed.landed, got.parsed.quarantined) == (4, 2, 2)


def test_of_a_time_in_milliseconds_the_seconds_are_read(tmp_path: Path) -> None:
    times = [{"timestamp": 1767452399123}, {"timestamp": "1767452399123"}, {"timestamp": 1767452399}]
    got = read(tmp_path, "sendgrid_events", NAME, lines(*(BOUNCE | time for time in times)))
    assert got.column("happened_at") == ["1767452399"] * 3
