"""What SQL makes of people's cells (`macros/persons.sql`, `macros/text.sql`), said again in Python.

Rows are sieved before SQL can see them; `tests/seam/test_erasing_spelling.py` holds both equal.
"""

import hashlib
import re
import unicodedata

WIDE = (
    "＠．＿－＋　０１２３４５６７８９"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ（）／："
)
NARROW = "@._-+ 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()/:"
HALF_KANA = "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ"
FULL_KANA = (
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
    "\u3099\u309a"
)
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3095)}
FOLDING = str.maketrans(WIDE, NARROW)
KANA = {**HIRAGANA, **str.maketrans(HALF_KANA, FULL_KANA)}
NATIONAL = re.compile(r"0{0,2}810?([1-9][0-9]{8,9})")
SHOPIFY = re.compile(r"^gid://[^/]+/[^/]+/")


def keyed_hash(key: str, text: str) -> str:
    """128 bits that nobody without the key can tie to the text."""
    inner = hashlib.sha256((key + text).encode()).hexdigest()
    return hashlib.sha256((key + inner).encode()).hexdigest()[:32]


def folded(cell: str) -> str:
    """ASCII for full-width letters, digits and signs."""
    return trimmed(cell.translate(FOLDING))


def trimmed(cell: str) -> str:
    """Without blanks of any width around it."""
    if cell and (_is_blank(cell[0]) or _is_blank(cell[-1])):
        start = next((at for at, letter in enumerate(cell) if not _is_blank(letter)), len(cell))
        stop = next((at for at in range(len(cell), start, -1) if not _is_blank(cell[at - 1])), start)
        return cell[start:stop]
    return cell


def mail_of(cell: str) -> str:
    """A mail address without regard to width, case and blanks."""
    text = folded(cell)
    return text.lower() if text.isascii() else "".join(letter.lower()[0] for letter in text)


def digits_of(cell: str) -> str:
    """The digits alone."""
    return re.sub("[^0-9]", "", folded(cell))


def phone_of(cell: str) -> str:
    """Ten or eleven digits from 0 on; nothing where there can be no number."""
    digits = digits_of(cell)
    found = NATIONAL.fullmatch(digits)
    digits = f"0{found[1]}" if found else digits
    if not digits.strip("0"):
        return ""
    if re.fullmatch("0[0-9]{9,10}", digits):
        return digits
    return f"0{digits}" if re.fullmatch("[1-9][0-9]{8,9}", digits) else ""


def postcode_of(cell: str) -> str:
    """Seven digits, mostly."""
    digits = digits_of(cell)
    return f"0{digits}" if len(digits) == len("600000") else digits


def kana_of(cell: str) -> str:
    """Full-width katakana without blanks."""
    return unicodedata.normalize("NFC", folded(cell).replace(" ", "").translate(KANA))


def code_of(cell: str) -> str:
    """A key without what Excel and Shopify put before it."""
    return SHOPIFY.sub("", trimmed(cell).removeprefix("'"))


def name_parts(family: str, given: str, whole: str) -> tuple[str, str]:
    """Family name and given name, from their own cells or the one that has both."""
    before, _, after = trimmed(whole.replace("\u3000", " ")).partition(" ")
    return trimmed(family) or before, trimmed(given) or trimmed(after)


def _is_blank(letter: str) -> bool:
    return unicodedata.category(letter) == "Zs"
