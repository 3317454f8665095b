"""Phones, post codes and mail addresses of persons, as exports print them."""

import random
import re

import phonenumbers
import pytest
from macros import made

FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)
# services of carriers, and the personal numbers of ten digits, which are no longer given out
NOBODYS = re.compile("00|060.{7}$")


def numbers() -> list[str]:
    """Ten thousand rows of eight to eleven digits after a 0, the same ones every time."""
    chance = random.Random(4)  # noqa: S311
    return ["0" + "".join(chance.choices("0123456789", k=chance.randint(8, 11))) for _ in range(10_000)]


def is_valid(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(digits, "JP"), "JP")
    except phonenumbers.NumberParseException:
        return False


@pytest.mark.parametrize(
    ("cells", "phone"),
    [
        (
            (
                "09012345679", "090-1234-5679", "090(1234)5679", "(090) 1234 5679", "+819012345679",
                "+81 90-1234-5679",
                "+81 (0)90-1234-5679", "819012345679", "0081-90-1234-5679", "010-81-90-1234-5679",
                "９０１２３４５６７９",
                "９０－１２３４－５６７９", "090−1234−5679", "090ー1234ー5679", "０９０（１２３４）５６７９",
                "＋８１９０１２３４５６７９",
                "9012345679", "TEL: 090.1234.5679", "'090-1234-5679",
            ),
            "09012345679",
        ),
        (("0312345679", "03-1234-5679 内線12", "03-1234-5679（内線 12）", "312345679", "+81312345679",
         "(03)1234-5679 x12",
          "03-1234-5679 ext. 12", "03-1234-5679#12", "03-1234-5679 / 090-1234-5679",
          "03-1234-5679、09012345679"), "0312345679"),
        (("0120-444-444", "120444444", "0120（444）444"), "0120444444"),
        (("0800-123-4567", "8001234567"), "08001234567"),
        (("050-1234-5679",), "05012345679"),
        (("0570-012-345",), "0570012345"),
        (("09000000001",), "09000000001"),  # nobody's: the demo's numbers
        (("000-0000-0000", "0", "03-0000-0000", "090-0000-0000", "0120-000-000", "090-1111-1111",
         "03-9999-9999"), None),
        (("03-1234-567", "090-1234-567", "090-1234-56789", "110", "なし", "-", "", " ", None,
         "+1 212 555 0100", "+44 20 7946 0958"), None),
        (("03-1234-5679 090-1234-5679", "9.01E+09"), None),  # which of two is not told; digits are lost
    ],
)  # fmt: skip
def test_one_phone(cells: tuple[str, ...], phone: str | None) -> None:
    assert made("phone_of", cells) == [phone] * len(cells)


def test_a_valid_number_is_read_in_every_way_to_print_it() -> None:
    valid = [digits for digits in numbers() if is_valid(digits) and not NOBODYS.match(digits)]
    assert len(valid) > 1500
    for form in FORMATS:
        printed = [phonenumbers.format_number(phonenumbers.parse(digits, "JP"), form) for digits in valid]
        assert made("phone_of", printed) == valid


def test_nothing_is_read_whose_length_no_number_has() -> None:
    read = [phone for phone in made("phone_of", numbers()) if phone]
    assert len(read) > 1500
    assert all(phonenumbers.is_possible_number(phonenumbers.parse(phone, "JP")) for phone in read)


@pytest.mark.parametrize(
    ("cells", "postcode"),
    [
        (
            ("1580083", "158-0083", "〒158-0083", "〒 158 0083", "１５８－００８３", "158−0083", "158ー0083"),
            "1580083",
        ),
        (("0600001", "600001", "060-0001"), "0600001"),
        (("0040001", "40001"), "0040001"),
        (("000-0000", "0", "90001", "158", "15800831", "1580083 2", "なし", "", " ", None), None),
    ],
)
def test_one_post_code(cells: tuple[str, ...], postcode: str | None) -> None:
    assert made("postcode_of", cells) == [postcode] * len(cells)


@pytest.mark.parametrize(
    ("cell", "mail"),
    [
        (" Taro.Yamada@Example.COM　", "taro.yamada@example.com"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com"),
        ("taro\u200b@example.com", "taro@example.com"),
        # once given out by carriers: no two dots are made one, and no dot before the @ goes
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        (".a-@ezweb.ne.jp", ".a-@ezweb.ne.jp"),
        ("taro+shop@example.com", "taro+shop@example.com"),
        ("", None),
        (None, None),
    ],
)
def test_one_mail_address(cell: str | None, mail: str | None) -> None:
    assert made("normalised_mail", [cell]) == [mail]
