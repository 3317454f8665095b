"""JSON answers and JSON lines become rows; what cannot be read is said, row by row or as a whole."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from landing_feeds import feed, land_one, pending, quarantined

from orchestration.landing.reading.json_columns import JsonColumns
from orchestration.landing.reading.json_text import JsonError, json_text, printed, read_json_text
from orchestration.landing.reading.paths import NOWHERE, follow, read_path
from orchestration.landing.reading.unfold import unfold
from orchestration.landing.results import Fault, Parsed

SALES = feed("sales")
LINES = replace(SALES, format="jsonl", rows="", columns=dict(SALES.columns))
NAME = "sales_20260105060000.json"
ORDER: Mapping[str, Any] = {
    "orderId": "A-1",
    "buyer": {"id": None, "lastName": "髙橋", "firstName": ""},
    "state": "done",
    "baskets": [
        {
            "basketId": 1,
            "items": [{"itemId": "x", "price": 1000.50, "units": 2}, {"itemId": "y", "price": -9999}],
        },
        {"basketId": 2, "items": []},
    ],
    "payments": [
        {"kind": "SALE", "id": 1, "money": {"amount": "9"}},
        {"kind": "REFUND", "id": 2, "money": {"amount": 1e2}},
    ],
    "note": {"by": {"clerk": "z"}, "tags": ["a", 1, None], "gift": True},
}
ITEM = '{"orders": [{"orderId": "A", "buyer": {"id": 1}, "baskets": [{"items": [%s]}]}]}'
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


def landed(folder: Path, content: object, *, lines: bool = False) -> Parsed | Fault:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return land_one(folder, LINES if lines else SALES, NAME, text.encode())


def test_lists_unfold_and_an_empty_one_still_is_a_row(tmp_path: Path) -> None:
    parsed = landed(tmp_path, {"orders": [ORDER, {"orderId": "A-2", "buyer": {"id": 7}, "baskets": None}]})
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.landed) == (4, 4)
    names = ("order_id", "shipment_id", "line_id", "price", "quantity", "member_id", "full_name")
    assert [tuple(row[name] for name in names) for row in pending(tmp_path, SALES)] == [
        ("A-1", "1", "x", "1000.5", "2", "", "髙橋"),
        ("A-1", "1", "y", "", "", "", "髙橋"),
        ("A-1", "2", "", "", "", "", "髙橋"),
        ("A-2", "", "", "", "", "7", ""),
    ]


def test_what_is_not_mapped_is_kept_as_text(tmp_path: Path) -> None:
    landed(tmp_path, {"orders": [ORDER]})
    row = pending(tmp_path, SALES)[0]
    assert row["refunds"] == '[{"id": 2, "amount": 100.0}]'
    assert json.loads(row["extra"]) == {
        "payments": '[{"kind": "SALE", "id": 1, "money": {"amount": "9"}}, '
        '{"kind": "REFUND", "id": 2, "money": {"amount": 100.0}}]',
        "note.by.clerk": "z", "note.tags": '["a", 1, null]', "note.gift": "true",
    }  # fmt: skip


@pytest.mark.parametrize(
    "digits", ["19940", "1000.00", "1e3", "-0", "0.10", "123456789012345678901234567890"]
)
def test_numbers_keep_the_digits_of_their_source(tmp_path: Path, digits: str) -> None:
    landed(tmp_path, ITEM % f'{{"price": {digits}, "lot": [{digits}]}}')
    [row] = pending(tmp_path, SALES)
    assert (row["price"], json.loads(row["extra"])["baskets.items.lot"]) == (digits, f"[{digits}]")


def test_a_choice_in_a_list_a_number_and_an_alternative_are_followed(tmp_path: Path) -> None:
    items = (
        '{"proceeds": [{"type": "TAX", "amount": "1"}, {"type": "ITEM", "amount": "2"}], '
        '"taxes": [{"rate": 8}]}, '
        '{"proceeds": [], "price": "3", "taxes": []}'
    )
    landed(tmp_path, ITEM % items)
    assert [(row["price"], row["tax_rate"]) for row in pending(tmp_path, SALES)] == [("2", "8"), ("3", "")]


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("a.b", 1), ("a.c", None), ("a.c.d", None), ("a.x", NOWHERE), ("x.y", NOWHERE), ("a.b.c", NOWHERE),
        ("l[k=2].v", "two"), ("l[k=2,w=true].v", "three"), ("l[w].v", "three"), ("l[1].v", "two"),
        ("l[9].v", None), ("l[k=9].v", None), ("[t=x].n", 5), ("[t=y].n", None), ("a[b=1].b", 1),
        ("e[0].v", None),
    ],
)  # fmt: skip
def test_a_path_leads_somewhere_or_says_where_it_ends(path: str, leads_to: object) -> None:
    row = {
        "t": "x", "n": 5, "a": {"b": 1, "c": None}, "e": [],
        "l": [{"k": 1, "v": "one"}, {"k": 2, "v": "two"}, {"k": 2, "w": True, "v": "three"}],
    }  # fmt: skip
    assert follow(row, read_path(path)) == leads_to


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "an empty file"),
        ('{"orders": [', "no JSON"),
        ('{"orders": []} {}', "no JSON: Extra data"),
        ('{"errors": []}', "no orders"),
        ('[{"orders": []}]', "no orders"),
        ('{"orders": [{"orderId": 1, "orderId": 2}]}', "a key stands twice"),
        (ITEM % '{"price": NaN}', "NaN or Infinity"),
        (ITEM % r'{"price": "\u0000"}', "U+0000 in a text"),
        (ITEM % r'{"price": "\ue000"}', "U+E000 in a text"),
        (ITEM % r'{"price": "\ud800"}', "U+D800 in a text"),
        (ITEM % r'{"\u0007": 1}', "U+0007 in a text"),
        ('{"orders": ' + "[" * 100 + "]" * 100 + "}", "nested deeper than"),
        ("[" * 200_000, "nested deeper than"),
        ('{"orders": [{"orderId": "A", "buyer": {"id": 1}}]}', "1 rows without baskets.items.proceeds"),
        ('{"orders": [{"id": "A", "buyer": null}]}', "1 rows without orderId, baskets.items.proceeds"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read_is_refused(tmp_path: Path, content: str, found: str) -> None:
    fault = landed(tmp_path, content)
    assert isinstance(fault, Fault)
    assert found in fault.found


@pytest.mark.parametrize("content", ['{"orders": []}', '{"orders": null}'])
def test_an_answer_without_orders_lands_as_no_row_and_warns(tmp_path: Path, content: str) -> None:
    parsed = landed(tmp_path, content)
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.warnings) == (0, ("no rows; nothing is deleted for that",))


def test_what_is_no_object_where_a_row_should_be_is_set_aside(tmp_path: Path) -> None:
    parsed = landed(tmp_path, {"orders": [ORDER, 7, "x", {}, [], {"a": None}]})
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (8, 3, 3, 2)
    assert [(row["_row_number"], row["text"]) for row in quarantined(tmp_path, SALES)] == [
        (4, "7"), (5, '"x"'), (7, "[]"),
    ]  # fmt: skip


def line(number: int) -> str:
    return json.dumps({"orderId": str(number), "buyer": {"id": 1}, "baskets": {"items": {"price": 1}}})


def test_lines_are_read_each_for_itself(tmp_path: Path) -> None:
    text = f'{line(1)}\n\n{{"orderId": \n[{line(2)}, {line(3)}, 4]\r\n"x"\n{line(5)}'
    parsed = landed(tmp_path, text, lines=True)
    assert isinstance(parsed, Parsed)
    assert (parsed.physical, parsed.landed, parsed.quarantined, parsed.blank) == (8, 4, 3, 1)
    assert [(row["_row_number"], row["order_id"]) for row in pending(tmp_path, LINES)] == [
        (1, "1"), (4, "2"), (5, "3"), (8, "5"),
    ]  # fmt: skip
    assert [row["_row_number"] for row in quarantined(tmp_path, LINES)] == [3, 6, 7]
    assert quarantined(tmp_path, LINES)[0]["text"] == '{"orderId": \n'


def test_a_document_printed_over_many_lines_is_read_as_one(tmp_path: Path) -> None:
    rows = [json.loads(line(number)) for number in range(3)]
    parsed = land_one(tmp_path, LINES, NAME, json.dumps(rows, indent=1).encode())
    assert isinstance(parsed, Parsed)
    assert parsed.landed == 3


def test_a_file_of_lines_cut_anywhere_is_refused_or_reads_as_far_as_it_goes(tmp_path: Path) -> None:
    content = f"{line(1)}\n{line(2)}\n"
    size = len(content) // 2
    for cut in range(len(content) + 1):
        done = land_one(tmp_path / str(cut), LINES, NAME, content[:cut].encode())
        whole = {size - 1: 1, size: 1, 2 * size - 1: 2, 2 * size: 2}
        assert done.landed == whole[cut] if isinstance(done, Parsed) else cut not in whole, cut


def test_a_document_cut_anywhere_is_refused(tmp_path: Path) -> None:
    content = json.dumps({"orders": [ORDER]})
    for cut in range(len(content)):
        assert isinstance(landed(tmp_path / str(cut), content[:cut]), Fault), cut


@given(value=JSON)
def test_what_is_printed_reads_as_it_was(value: object) -> None:
    assert json.loads(json_text(value)) == value
    try:
        read = read_json_text(json.dumps(value))
    except JsonError as error:
        assert " in a text" in str(error)  # noqa: PT017  # the only thing that may be wrong
    else:
        assert json.loads(json_text(read)) == value


@given(value=JSON)
def test_a_row_loses_nothing_on_its_way_into_cells(value: object) -> None:
    row = {"orderId": value, "rest": value}
    cells = {name: column.to_pylist()[0] for name, column in _columns(row).items()}
    assert cells["order_id"] == printed(value)
    rest = json.loads(cells["extra"])
    assert _leaves(value, "rest") == {key: text for key, text in rest.items() if key.split(".")[0] == "rest"}


@given(sizes=st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=4))
def test_unfolding_gives_one_row_for_each_element_or_one_for_none(sizes: list[list[int]]) -> None:
    document = {
        "o": [{"id": n, "b": [{"i": list(range(size))} for size in one]} for n, one in enumerate(sizes)]
    }
    rows = list(unfold(document, ("o", "b", "i")))
    assert len(rows) == sum(sum(max(size, 1) for size in one) or 1 for one in sizes)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    numbers = [(n, b, i) for n, one in enumerate(sizes) for b, size in enumerate(one) for i in range(size)]
    read = [(row["id"], row["b"]["i"]) for row in rows if row["b"] and row["b"]["i"] is not None]
    assert read == [(n, i) for n, _, i in numbers]


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    return dict(zip([*SALES.columns, "extra"], JsonColumns(SALES).made([row]), strict=True))


def _leaves(value: object, path: str) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        return {path: printed(value)}
    return {key: text for name, one in value.items() for key, text in _leaves(one, f"{path}.{name}").items()}
