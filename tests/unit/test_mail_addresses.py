from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail_jobs.addresses import LONGEST, address
from mail_jobs.gateway import Batch, Letter
from mail_jobs.outbox import eml
from mail_jobs.render import WordsError, render, words
from tests.mail_world import DAY, NOON, SENDER, candidate

CONTENT = render(template="second_purchase/1", sender=SENDER)
SIGNS = st.sampled_from("ab1@@.<>()[]:;,\"\\=?_- \t\n\r\x00\x0b\x7f\x85\u2028\u200bあ髙'+*{|~")


def read_back(mail: str) -> list[str]:
    """What a mail reader finds in the To of a mail to this address."""
    letter = Letter(name="n" * 64, to=mail, words=words(candidate(1)))
    batch = Batch(token="", day=DAY, at=NOON, category="c", sender=SENDER, content=CONTENT, letters=(letter,))
    return [
        found.addr_spec for found in message_from_bytes(eml(batch, letter), policy=default)["To"].addresses
    ]


@pytest.mark.parametrize(
    "mail",
    [
        "a@x.jp",
        "a..b@docomo.ne.jp",
        "a.@docomo.ne.jp",
        ".a@ezweb.ne.jp",
        "o'hara+tag@mail.example.co.jp",
        "a_b-c/d=e?f@x-y.jp",
        "A@X.JP",
    ],
)
def test_an_address_that_people_have_is_an_address(mail: str) -> None:
    assert address(mail) == mail
    assert read_back(mail) == [mail]


@pytest.mark.parametrize(
    "mail",
    [
        "", "a", "@x.jp", "a@", "a@x", "a@x.", "a@.jp", "a@x..jp", "a@b@c.jp", "a@[x.jp", "a@x.jp, b@y.jp",
        "a@x.jp;b@y.jp", "<a@x.jp>", "a b@x.jp", " a@x.jp", "a@x.jp\n", "a\r\nBcc: b@x.jp", "a@x.jp\x00",
        '"a"@x.jp', "a\\@x.jp", "a(b)@x.jp", "a:b@x.jp", "あ@x.jp", "a@日本.jp", "ａ@x.jp", "\u200ba@x.jp",
        "=?utf-8?q?a?=@x.jp", "a@x_y.jp", "a" * LONGEST + "@x.jp",
    ],
)  # fmt: skip
def test_anything_else_is_no_address_and_is_not_quoted(mail: str) -> None:
    with pytest.raises(WordsError) as refused:
        address(mail)
    assert str(refused.value) == "not an address"


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(st.text(SIGNS, max_size=12), st.sampled_from(["", "@b.jp", "@b.c-d.jp"]))
def test_what_we_call_an_address_every_reader_reads_as_this_one(start: str, end: str) -> None:
    try:
        mail = address(start + end)
    except WordsError:
        return
    assert read_back(mail) == [mail]
