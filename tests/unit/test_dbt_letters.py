"""letters_of is Unicode's NFKC for all that Japanese files hold, and what every rule of names stands on."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from macros import made

BLANK_IS_NONE = ("name_fold", "kana_fold", "address_fold", "normalised_mail", "phone_of", "postcode_of")
LEFT_ALONE = "´¨゛゜￣"  # NFKC makes a blank and a mark that joins it of these


def cp932() -> list[str]:
    """Every character that cp932 can hold, controls left out."""
    pairs = [bytes(pair) for high in range(0x81, 0xFD) for low in range(0x40, 0xFD) for pair in [(high, low)]]
    singles = [bytes((code,)) for code in range(0x20, 0xE0)]
    found = {code.decode("cp932", errors="ignore") for code in (*singles, *pairs)}
    return sorted(letter for letter in found if len(letter) == 1)


CP932 = cp932()
MARKS = "ﾞﾟ\u3099\u309a"
CELLS = st.text(st.sampled_from([*CP932, *MARKS * 40, *"ｶﾊかハ １2-－ー丁目番地の字髙" * 20]), max_size=12)
MANY_CELLS = st.lists(CELLS, min_size=1, max_size=60)
MANY = settings(deadline=None, max_examples=15)


def test_every_letter_of_cp932_becomes_what_nfkc_makes_of_it() -> None:
    assert len(CP932) > 9300
    others = [letter for letter, found in zip(CP932, made("letters_of", CP932), strict=True)
              if found != normalize("NFKC", letter)]  # fmt: skip
    assert others == sorted(LEFT_ALONE)


@MANY
@given(MANY_CELLS)
def test_texts_of_such_letters_do_too(cells: list[str]) -> None:
    cells = [cell.translate(dict.fromkeys(map(ord, LEFT_ALONE))) for cell in cells]
    assert made("letters_of", cells) == [normalize("NFKC", cell) for cell in cells]


@pytest.mark.parametrize(
    ("cell", "letters"),
    [
        ("ﾊﾟﾅｿﾆｯｸ ｶﾞﾗｽ ｳﾞｧ", "パナソニック ガラス ヴァ"),
        ("は\u309aか\u3099ウ\u3099", "ぱがヴ"),  # as a Mac writes file names
        ("㈱①Ⅲ㌔㎡", "(株)1IIIキロm2"),
        ("\ufa19\ufa10\u2fbc\u2f65", "神塚高田"),  # twins of old character sets; radicals, as a PDF has them
        ("髙﨑𠮷", "髙﨑𠮷"),
        ("a\u00a0b\u3000c\td", "a b c d"),
        ("a\u200b\ufeffb", "ab"),
        ("1−2–3ー4", "1−2–3ー4"),  # NFKC knows no other dash than －
    ],
)
def test_letters(cell: str, letters: str) -> None:
    assert made("letters_of", [cell]) == [letters]


@pytest.mark.parametrize(
    ("cell", "width"),
    [("ﾔﾏﾀﾞ　Ａ－１", "ヤマダ A-1"), ("㈱髙橋\ufa19①", "㈱髙橋\ufa19①"), ("やまだ", "やまだ"), ("'％", "'%")],
)
def test_people_read_what_they_wrote_but_for_its_width(cell: str, width: str) -> None:
    assert made("width_of", [cell]) == [width]


@pytest.mark.parametrize("macro", ["letters_of", "width_of", *BLANK_IS_NONE])
@MANY
@given(cells=MANY_CELLS)
def test_a_second_time_changes_nothing(macro: str, cells: list[str]) -> None:
    once = made(macro, cells)
    assert made(macro, once) == once


@pytest.mark.parametrize("macro", BLANK_IS_NONE)
@pytest.mark.parametrize("cell", [None, "", " ", "\u3000", "\u3000 \t"])
def test_a_blank_cell_is_no_value(macro: str, cell: str | None) -> None:
    assert made(macro, [cell]) == [None]
