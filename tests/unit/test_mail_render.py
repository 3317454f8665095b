from pathlib import Path

import pytest

from mail_jobs import render as render_module
from mail_jobs.model import Sender
from mail_jobs.render import MARK, STRANGER, RenderError, WordsError, render, words
from tests.mail_world import SENDER, candidate

STEPS = [f"second_purchase/{step}" for step in "1234"]


@pytest.mark.parametrize("template", STEPS)
def test_a_mail_shows_what_the_law_wants_and_greets_its_reader(template: str) -> None:
    said = render(template=template, sender=SENDER).fill(words(candidate(1)))
    assert "山田 花子1 様" in said.text
    assert "山田 花子1 様" in said.html
    for shown in (SENDER.name, SENDER.address, SENDER.mail, "https://shop.example.com/refuse?m=1&k=1"):
        assert shown in said.text
    for shown in (
        "常連商店 &lt;本店&gt;",
        SENDER.address,
        SENDER.mail,
        'href="https://shop.example.com/refuse?m=1&amp;k=1"',
    ):
        assert shown in said.html
    for hole in (MARK, "{{", "{%", "None", "nan"):
        assert hole not in said.subject + said.text + said.html


def test_the_four_steps_say_four_different_things() -> None:
    said = [render(template=template, sender=SENDER) for template in STEPS]
    assert len({content.subject for content in said}) == len({content.text for content in said}) == 4
    assert all(len(content.subject.replace(f"{MARK}salutation_text-", "")) <= 30 for content in said)
    assert "使い心地はいかがですか" in said[0].subject


@pytest.mark.parametrize(
    ("family", "given", "greeting"), [("", "", STRANGER), ("山田", "", "山田 様"), ("", "花", "花 様")]
)
def test_no_greeting_has_a_hole(family: str, given: str, greeting: str) -> None:
    assert words(candidate(1, family_name=family, given_name=given)).salutation == greeting


@pytest.mark.parametrize(
    "name", ["山田\r\nBcc: a@example.com", "a\nb", "a\x00", "a\u2028b", "\x7f", "-joren_salutation_text-"]
)
def test_a_name_that_could_break_a_line_or_a_tag_is_refused_without_being_quoted(name: str) -> None:
    with pytest.raises(WordsError) as refused:
        words(candidate(1, family_name=name))
    assert name not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://shop.example.com", "javascript:alert(1)", "", "https://a b", "https://a>", 'https://"']
)
def test_a_refusal_link_that_is_not_plain_https_is_refused(url: str) -> None:
    with pytest.raises(WordsError, match="https"):
        words(candidate(1, refusal_url=url))


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '" onload="x', "{{ 7 * 7 }}", "{% raw %}", "&lt;b&gt;", "'><img src=x>"],
)
def test_a_hostile_name_is_shown_and_does_nothing(name: str) -> None:
    said = render(template="second_purchase/1", sender=SENDER).fill(words(candidate(1, family_name=name)))
    assert name in said.text
    assert name in said.subject
    assert name not in said.html or not set(name) & set("<>\"'&")
    assert "49" not in said.html


@pytest.mark.parametrize("part", ["name", "address", "mail"])
def test_a_sender_with_a_hole_is_refused(part: str) -> None:
    whole = {"name": "店", "address": "東京", "mail": "shop@example.com"}
    with pytest.raises(RenderError, match="does not show"):
        render(template="second_purchase/1", sender=Sender(**whole | {part: " "}))


FAULTY = {
    "{{ unknown }}\n\n": "undefined",
    "{{ ''.__class__.__mro__ }}\n\n": "unsafe",
    "{% if %}": "Correct the template",
    "\n件名なし": "one line",
    "件名\n\n本文のみ": "does not show",
}


@pytest.mark.parametrize("text", FAULTY)
def test_a_template_with_a_fault_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(render_module, "TEMPLATES", tmp_path)
    (tmp_path / "x.txt").write_text(text)
    (tmp_path / "x.html").write_text("<p></p>")
    with pytest.raises(RenderError, match=FAULTY[text]):
        render(template="x", sender=SENDER)


def test_a_template_that_is_not_there_is_refused() -> None:
    with pytest.raises(RenderError, match="nowhere"):
        render(template="nowhere/1", sender=SENDER)
