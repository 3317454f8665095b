import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.demo.eccube import customer_csv, order_csv
from orchestration.demo.eccube.fputcsv import cell, cells


def php(field: bytes) -> bytes:
    """Php_fputcsv, transcribed sign by sign."""
    if not set(field) & set(b',"\\\n\r\t '):
        return field
    out, escaped = bytearray(b'"'), False
    for sign in field:
        if sign == ord("\\"):
            escaped = True
        elif not escaped and sign == ord('"'):
            out += b'"'
        else:
            escaped = False
        out.append(sign)
    return bytes(out + b'"')


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('ソ"A"', '"ソ"A"""'),
        ("表", '"表"'),
        ("1997-01-01 10:17:23", '"1997-01-01 10:17:23"'),
        ('月"光', '"月""光"'),
        ('能""', '"能""""'),
        ("a,b", '"a,b"'),
        ("a\r\nb", '"a\r\nb"'),
        ("夏🎵", "夏?"),
        ("1000.00", "1000.00"),
        ("", ""),
    ],
)
def test_a_quote_behind_a_0x5c_byte_is_not_doubled(text: str, printed: str) -> None:
    assert cell(text) == printed.encode("cp932")


@given(st.text(alphabet='ソ表"\\, \na月'))
def test_every_field_is_printed_as_php_prints_it(text: str) -> None:
    assert cell(text) == php(text.encode("cp932"))


@pytest.mark.parametrize(("header", "columns"), [(order_csv.HEADER, 70), (customer_csv.HEADER, 27)])
def test_the_header_has_the_vendors_columns_and_no_quotes(header: str, columns: int) -> None:
    names = header.split(",")
    assert len(names) == columns
    assert cells(names) == header.encode("cp932")


def test_only_postage_stands_twice_in_the_order_header() -> None:
    names = order_csv.HEADER.split(",")
    assert [name for name in names if names.count(name) > 1] == ["送料", "送料"]
