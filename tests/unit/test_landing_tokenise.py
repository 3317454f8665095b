"""Text becomes the records that the vendor wrote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.mapping.feed import Quoting
from orchestration.landing.reading.tokenise import Record, records
from orchestration.landing.results import Fault


def fputcsv(row: list[str], encoding: str) -> bytes:
    """Write a row as `php_fputcsv` does, byte by byte (php-src, ext/standard/file.c, PHP 8.2)."""
    fields = []
    for value in row:
        field = value.encode(encoding)
        if re.search(rb'[,"\\\n\r\t ]', field):
            escaped, written = False, bytearray(b'"')
            for byte in field:
                if byte == ord("\\"):
                    escaped = True
                elif not escaped and byte == ord('"'):
                    written += b'"'
                else:
                    escaped = False
                written.append(byte)
            field = bytes(written + b'"')
        fields.append(field)
    return b",".join(fields) + b"\n"


def read(text: str, quoting: Quoting = "fputcsv", encoding: str = "cp932") -> list[Record | Fault]:
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    return list(records(lines, delimiter=",", quoting=quoting, encoding=encoding))


def cells(text: str, quoting: Quoting = "fputcsv", encoding: str = "cp932") -> list[list[str]]:
    found = read(text, quoting, encoding)
    assert all(isinstance(one, Record) and not one.reason for one in found), found
    return [one.cells for one in found if isinstance(one, Record)]


def holds_in(encoding: str, text: str) -> bool:
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeEncodeError:
        return False


def is_plain(text: str, encoding: str) -> bool:
    """Exclude the shape that `fputcsv` itself makes ambiguous: 0x5C, a quote, then a comma or line end."""
    return holds_in(encoding, text) and not re.search(rb'\\"[,\r\n]', text.encode(encoding))


def values(encoding: str) -> st.SearchStrategy[str]:
    letters = st.one_of(
        st.sampled_from('ソ表能十予"",\\ \n\r\taあ髙①'),
        st.characters(codec=encoding, exclude_categories=["Cc", "Cs", "Co"], exclude_characters="¢£¬‖−〜"),
    )
    return st.text(letters, max_size=12).filter(lambda text: is_plain(text, encoding))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('ソ"A"', '"ソ"A"""'),
        ('表"', '"表""'),
        ('表""', '"表""""'),
        ('能"B', '"能"B"'),
        ("十", '"十"'),
        ('\\"x', '"\\"x"'),
        ('a"b', '"a""b"'),
        ('表"",x', '"表""",x"'),
        ("一,\r\n二", '"一,\r\n二"'),
        ("", ""),
    ],
)
def test_what_php_writes_reads_as_it_was(value: str, written: str) -> None:
    assert fputcsv(["1", value, "2"], "cp932").decode("cp932") == f"1,{written},2\n"
    assert cells(f"1,{written},2\n") == [["1", value, "2"]]
    assert cells(f"{written}\n{written}\n") == ([[value], [value]] if value else [[], []])


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
@given(data=st.data())
def test_any_table_comes_back_from_php(encoding: str, data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 5))
    table = data.draw(st.lists(st.lists(values(encoding), min_size=width, max_size=width), max_size=5))
    text = b"".join(fputcsv(row, encoding) for row in table).decode(encoding)
    assert cells(text, "fputcsv", encoding) == table


@given(text=st.text(st.sampled_from('ソ"",\n\r ab\\'), max_size=60))
def test_no_character_is_lost_whatever_comes(text: str) -> None:
    for quoting in ("fputcsv", "rfc4180"):
        found = read(text, quoting)  # type: ignore[arg-type]  # the literal's two values
        if not any(isinstance(one, Fault) for one in found):
            assert "".join(one.text for one in found if isinstance(one, Record)) == text


def test_a_writer_that_doubles_all_quotes_is_understood_too() -> None:
    assert cells('1,"ソ""A""",2\n') == [["1", 'ソ"A"', "2"]]


def test_a_lone_quote_in_one_line_stands_for_itself() -> None:
    assert cells('1,"a"b",2\n') == [["1", 'a"b', "2"]]


def test_a_lone_quote_that_might_be_the_end_of_a_value_is_not_guessed() -> None:
    [record] = read('"ソ",","x y"\n')
    assert isinstance(record, Record)
    assert record.reason


def test_strict_files_have_no_lone_quotes() -> None:
    first, second = read('1,"a"b",2\n3,4,5\n', "rfc4180")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.reason
    assert first.text == '1,"a"b",2\n'
    assert second.cells == ["3", "4", "5"]


@pytest.mark.parametrize("quoting", ["fputcsv", "rfc4180"])
def test_a_quote_that_never_closes_refuses_the_file(quoting: Quoting) -> None:
    assert isinstance(read('a,b\n1,"2\n3,4\n', quoting)[-1], Fault)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_line_ends_and_newlines_inside_values(end: str) -> None:
    assert cells(f'a,"b{end}c"{end}{end}d,e{end}') == [["a", f"b{end}c"], [], ["d", "e"]]
