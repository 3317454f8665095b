"""What SQL makes of people's cells, said again in Python under the macros' names; no value is an empty text.

Rows are sieved before SQL can see them; for every letter, `tests/seam/test_erasing_spelling.py` holds both
equal.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import category, normalize

DASHES = "\u2010-\u2015\u2212\uff0dーｰ"  # macro long_dashes
MARKS = "\u3099\u309a"
MARKED = re.compile(f"[ぁ-ヿ][{MARKS}]")
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
LONG_VOWEL = re.compile(f"([ァ-ヺー])[{DASHES}-]")
FIRST_NUMBER = re.compile(f"[+(]*[0-9][0-9 ().+{DASHES}-]*")
NATIONAL = re.compile("(?:010|00)?810?([1-9][0-9]{8,9})")
PHONE = re.compile("0(?:[256789]0[0-9]{8}|[1-9][1-9][0-9]{7})")
PHONE_OF_NOBODY = re.compile(r"0(?:[0-9]{1,3}0{6,8}|[0-9]{1,2}([1-9])\1{7})")
SHOPIFY = re.compile("^gid://[^/]+/[^/]+/")

LEFT_ALONE = "´¨゛゜￣"
RADICALS = range(0x2F00, 0x2FD6)
FORMS_OF_KANJI = range(0xF900, 0xFB00)
# What cp932 cannot write: blanks, a dash, corporate forms, 令和, and forms that euc_jisx0213 lacks, too.
OTHERS = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2011"
    "㈳㈴㈵㈶㈻㈾㈿㋿㍿\uf934\ufa2e\ufa2f\ufa6b\ufa6c\ufa6d"
)


def _is_in(letter: str, encoding: str) -> bool:
    return bool(letter.encode(encoding, "ignore"))


def _is_of_japan(letter: str) -> bool:
    code = ord(letter)
    return (
        (_is_in(letter, "cp932") and letter not in LEFT_ALONE)
        or (code in FORMS_OF_KANJI and _is_in(letter, "euc_jisx0213"))
        or (code in RADICALS or letter in OTHERS)
    )


def _nfkc(letters: Iterable[str]) -> Iterator[tuple[int, str]]:
    said = ((letter, normalize("NFKC", letter)) for letter in letters)
    return ((ord(letter), other) for letter, other in said if other != letter)


ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\u00a0\t\n\r"), " "
)
WIDTHS = dict(_nfkc(map(chr, (0x3000, *range(0xFF01, 0xFF5F), *range(0xFF61, 0xFFA0)))))
LETTERS = {code: text for code, text in _nfkc(map(chr, range(0x80, 0xFFFF))) if _is_of_japan(chr(code))}
LETTERS |= dict.fromkeys(map(ord, "\t\n\r"), " ")
DIGITS = {code: text for code, text in WIDTHS.items() if text in tuple("0123456789()+. ")}
KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


def letters_of(cell: str) -> str:
    """NFKC for what Japanese files hold; any blank is a blank, and what cannot be seen goes."""
    return UNSEEN.sub("", _with_marks_joined(cell.translate(LETTERS)))


def width_of(cell: str) -> str:
    """The width of letters alone."""
    return _with_marks_joined(cell.translate(WIDTHS))


def _with_marks_joined(text: str) -> str:
    if any(mark in text for mark in MARKS):
        return MARKED.sub(lambda found: normalize("NFC", found[0]), text)
    return text


def filled(cell: str) -> str:
    """Without blanks of any width around it."""
    if cell and (_is_blank(cell[0]) or _is_blank(cell[-1])):
        start = next((at for at, letter in enumerate(cell) if not _is_blank(letter)), len(cell))
        stop = next((at for at in range(len(cell), start, -1) if not _is_blank(cell[at - 1])), start)
        return cell[start:stop]
    return cell


def _is_blank(letter: str) -> bool:
    return category(letter) == "Zs"


def normalised_mail(cell: str) -> str:
    """A mail address without regard to width, case and blanks."""
    text = filled(UNSEEN.sub("", cell.translate(ASCII)))
    return text.lower() if text.isascii() else "".join(letter.lower()[0] for letter in text)


def name_part(own: str, whole: str, part: Literal["family", "given"]) -> str:
    """A part of a name, from its own cell or the one that has both."""
    family, _, given = filled(width_of(whole)).partition(" ")
    return filled(width_of(own)) or (family if part == "family" else filled(given))


def kana_fold(cell: str) -> str:
    """Full-width katakana without blanks; a dash after a kana is a long vowel."""
    text = letters_of(cell).translate(KATAKANA).replace(" ", "").replace("・", "")
    return LONG_VOWEL.sub(r"\1ー", text)


def with_narrow_digits(cell: str) -> str:
    """ASCII for what stands in numbers."""
    return cell.translate(DIGITS)


def digits_in(text: str) -> str:
    """The digits alone."""
    return re.sub("[^0-9]", "", text)


def phone_of(cell: str) -> str:
    """Ten or eleven digits from 0 on; nothing where there can be no number."""
    first = FIRST_NUMBER.search(with_narrow_digits(cell))
    digits = digits_in(first[0]) if first else ""
    national = NATIONAL.fullmatch(digits)
    digits = f"0{national[1]}" if national else digits
    whole = f"0{digits}" if re.fullmatch("[1-9][0-9]{8,9}", digits) else digits
    return whole if PHONE.fullmatch(whole) and not PHONE_OF_NOBODY.fullmatch(whole) else ""


def postcode_of(cell: str) -> str:
    """Seven digits, with the zeros that a spreadsheet took."""
    digits = digits_in(with_narrow_digits(cell))
    whole = digits.zfill(7) if re.fullmatch("[0-9]{6}|[1-7][0-9]{4}", digits) else digits
    return whole if re.fullmatch("[0-9]{7}", whole) and whole.strip("0") else ""


def code_of(cell: str) -> str:
    """A key without what Excel and Shopify put before it."""
    return SHOPIFY.sub("", filled(cell).removeprefix("'"))


def keyed_hash(key: str, text: str) -> str:
    """128 bits that nobody without the key can tie to the text."""
    inner = hashlib.sha256((key + text).encode()).hexdigest()
    return hashlib.sha256((key + inner).encode()).hexdigest()[:32]
