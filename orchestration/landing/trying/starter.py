"""A starting point for the mapping of a file that no feed knows."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from orchestration.landing.mapping.feed import Feed, unpacked_name
from orchestration.landing.mapping.feed_sense import OWNER
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.reading.decode import is_ended
from orchestration.landing.reading.header import numbered
from orchestration.landing.trying.guess import guess
from orchestration.landing.trying.look import Look
from orchestration.landing.trying.starter_door import KEYS, starter_door

SAY = "SAY"
CHANNEL = (f"channel: {SAY}  # own, or mall: a mall's customers are never mailable",)
TIMES = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}
ORDERS = f"""\
tells: [orders, lines]  # what its rows state: orders, lines or both
statuses: []  # such as - {{is: active, status: ['1']}}; is: pending, active, fulfilled, cancelled, returned
money:
  price: {SAY}  # unit or line
  tax: {SAY}  # included, excluded or flagged
  discount: {SAY}  # without_points or with_points
  points: {SAY}  # own or mall
"""


def starter(look: Look, name: str, feeds: Sequence[Feed]) -> str:
    """Write a feed's YAML: what is obvious, and SAY or a comment where a person must say it."""
    delimiter, rows, headers = _headers(look)
    kind, guessed = guess(headers, feeds)
    pattern, time_format = _named(name)
    return "".join(
        f"{line}\n"
        for line in (
            f"# Read from {name}. Correct it, put it into feeds/ of JOREN_SHOP, then try the file again.",
            f"description: {SAY} what the files hold. One row per {SAY}.",
            f"kind: {kind}  # {', '.join(kinds())}",
            *(CHANNEL if kind in {"orders", "customers"} else ()),
            *(ORDERS.splitlines() if kind == "orders" else ()),
            f"file_name: {_quoted(pattern)}",
            f"time_format: {_quoted(time_format)}",
            "zone: Asia/Tokyo",
            f"format: {look.format}",
            f"encodings: [{look.text.encoding}]",
            *_content(look, delimiter, rows),
            "keeps: everything  # or mapped: what is not mapped is never written",
            "columns:",
            *_columns(kind, guessed, headers),
            f"required: [{', '.join(KEYS[kind])}]  # without which a file is refused",
            f"constants: {{shop_id: {SAY}, brand_id: main}}",
            *starter_door(kind, guessed),
        )
    )


def _named(name: str) -> tuple[str, str]:
    """Pattern of names like this one, and how its digits tell the time; without any, a time may follow."""
    name = unpacked_name(name)
    digits = "|".join(rf"\d{{{length}}}" for length in TIMES)
    if match := re.search(rf"(?<!\d)(?:{digits})(?!\d)", name):
        before, after = re.escape(name[: match.start()]), re.escape(name[match.end() :])
        length = len(match[0])
        return rf"{before}(?P<exported_at>\d{{{length}}}){after}", TIMES[length]
    stem, dot, suffix = name.rpartition(".")
    return rf"{re.escape(stem or suffix)}(_(?P<exported_at>\d{{14}}))?{re.escape(dot + suffix)}", TIMES[14]


def _content(look: Look, delimiter: str, rows: str) -> list[str]:
    if look.format != "csv":
        return [f"rows: {_quoted(rows)}"]
    return [
        f"delimiter: {_quoted(delimiter)}",
        "quoting: rfc4180  # fputcsv for PHP, none where quotes are letters",
        *([] if is_ended(look.text.end) else ["unended: warn  # the last row has no line end"]),
    ]


def _columns(kind: str, guessed: dict[str, str], headers: list[str]) -> Iterator[str]:
    for name, meaning in kinds()[kind].items():
        if name not in OWNER:
            yield (
                f"  {name}: [{_quoted(guessed[name])}]" if name in guessed else f"  # {name}: []"
            ) + f"  # {meaning}"
    for header in headers:
        if header not in guessed.values():
            yield f"  # not mapped yet: {_quoted(header)}"


def _headers(look: Look) -> tuple[str, str, list[str]]:
    if look.format == "csv":
        delimiter = max((",", "\t", ";"), key=lambda mark: len(look.header(mark, "rfc4180")))
        return delimiter, "", numbered(look.header(delimiter, "rfc4180"))
    lists, row = _first_row(look.documents[0])
    return "", ".".join(lists), list(_leaves(row[lists[0]] if lists else row, ""))


def _first_row(value: Any) -> tuple[list[str], Any]:  # noqa: ANN401  # JSON
    """Keys of the lists in lists, and the first row that they unfold to."""
    if isinstance(value, list):
        return _first_row(value[0]) if value else ([], {})
    found = {key: one for key, one in value.items() if _is_list(one)} if isinstance(value, dict) else {}
    if not found:
        return [], value
    key = next(iter(found))
    lists, row = _first_row(found[key][0])
    return [key, *lists], {**value, key: row}


def _is_list(value: Any) -> bool:  # noqa: ANN401  # JSON
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _leaves(value: Any, above: str) -> Iterator[str]:  # noqa: ANN401  # JSON
    if not isinstance(value, dict) or not value:
        yield above
        return
    for key, one in value.items():
        yield from _leaves(one, f"{above}.{key}" if above else key)


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, default_style="'", allow_unicode=True, width=1 << 20).strip()
