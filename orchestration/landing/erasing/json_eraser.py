"""JSON without somebody: his rows go, or keep what their feed's facts lead through."""

from collections.abc import Iterator, Sequence
from typing import Any

from orchestration.landing.erasing.finder import Finder, Whose
from orchestration.landing.erasing.personal import ABOUT_PEOPLE, facts, handles, of_receiver, stays
from orchestration.landing.erasing.tally import Tally
from orchestration.landing.keeping.json_paths import NUMBERS, WHOLE, Keys, plant, plant_part
from orchestration.landing.keeping.lines import UNREADABLE
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.cells import CellMaker
from orchestration.landing.reading.decode import Text, is_ended
from orchestration.landing.reading.json_columns import cell_of
from orchestration.landing.reading.json_rows import BROKEN_OFF, document_of, json_fault, reads_lines
from orchestration.landing.reading.json_text import JsonError, json_text, printed, read_json_text
from orchestration.landing.reading.unfold import unfold
from orchestration.landing.results import Fault


class JsonEraser:
    """Takes somebody out of the values of one file, counting what it does."""

    def __init__(self, feed: Feed, finder: Finder, tally: Tally) -> None:
        self._feed, self._finder, self._tally = feed, finder, tally
        self._lists = tuple(feed.rows.split(".")) if feed.rows else ()
        self._maker = CellMaker(feed, {name: column.ways for name, column in feed.columns.items()})
        self._facts: Keys = {}
        plant(self._facts, list(self._lists[1:]))
        for part, numbers_only in facts(feed).items():
            plant_part(self._facts, part, NUMBERS if numbers_only else WHOLE)
        self._receivers: Keys = {}
        for part in of_receiver(feed):
            plant_part(self._receivers, part, WHOLE)

    def lines(self, text: Text) -> Iterator[str | Fault]:
        """Yield the file's lines, or a Fault."""
        if reads_lines(text, self._feed):
            yield from map(self._line, text.lines())
            return
        document = document_of(text)
        yield document if isinstance(document, Fault) else json_text(self._document(document) or {}) + "\n"

    def _line(self, line: str) -> str | Fault:
        if not line.strip():
            return line
        try:
            value = read_json_text(line)
        except JsonError:
            if not is_ended(line):
                return json_fault(BROKEN_OFF)
            return self._broken(line)
        before = self._tally.removed + self._tally.blanked
        value = self._document(value)
        if self._tally.removed + self._tally.blanked == before:
            return line
        return json_text(value) + "\n" if value else "\n"

    def _document(self, document: Any) -> Any:  # noqa: ANN401  # JSON
        if self._lists and isinstance(document, dict) and self._lists[0] in document:
            return {**document, self._lists[0]: self._elements(document[self._lists[0]])}
        return self._elements(document)

    def _elements(self, value: Any) -> Any:  # noqa: ANN401  # JSON
        if isinstance(value, list):
            return [kept for one in value if (kept := self._element(one)) is not None]
        return self._element(value)

    def _element(self, value: Any) -> Any:  # noqa: ANN401  # JSON
        """One element of the outermost list: all rows that unfold from it are one person's."""
        if not isinstance(value, dict):
            return value
        cells = list(_leaves(value))
        whose = self._whose(value, cells)
        if whose is Whose.HIS and self._feed.kind in ABOUT_PEOPLE:
            self._tally.removed += 1
            return None
        kept = self._kept(value, whose) if whose is not Whose.ANOTHERS else value
        kept = self._unmarked(kept) if any(self._finder.marked(cells)) else kept
        self._tally.blanked += kept != value
        return kept

    def _whose(self, value: Any, cells: Sequence[str]) -> Whose:  # noqa: ANN401  # JSON
        wrapped = {self._lists[0]: [value]} if self._lists else value
        rows = [row for row in unfold(wrapped, self._lists) if isinstance(row, dict)]
        told = handles(
            self._feed, self._maker, lambda part: [cell_of(row, part) or "" for row in rows], len(rows)
        )
        found = {self._finder.whose(row, cells) for row in told}
        return next((whose for whose in Whose if whose in found), Whose.ANOTHERS)

    def _kept(self, value: Any, whose: Whose) -> Any:  # noqa: ANN401  # JSON
        if whose is Whose.HIS:
            return _only(value, self._facts)
        return _without(value, self._receivers)

    def _unmarked(self, value: Any) -> Any:  # noqa: ANN401  # JSON
        if isinstance(value, dict):
            return {key: self._unmarked(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._unmarked(one) for one in value]
        return None if self._finder.names_him(printed(value)) else value

    def _broken(self, line: str) -> str:
        if not self._finder.is_in_broken((), line, ""):
            return line
        self._tally.blanked += 1
        return f"{UNREADABLE}\n"


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    else:
        yield printed(value)


def _only(value: Any, keys: Keys) -> Any:  # noqa: ANN401  # JSON
    """Keep what the keys lead through; elsewhere the keys stay with nothing behind them."""
    if WHOLE in keys or value is None:
        return value
    if isinstance(value, dict):
        return {key: _only(one, keys[key]) if key in keys else None for key, one in value.items()}
    if isinstance(value, list):
        return [_only(one, keys) for one in value]
    return value if NUMBERS in keys and stays(printed(value), numbers_only=True) else None


def _without(value: Any, keys: Keys) -> Any:  # noqa: ANN401  # JSON
    """Blank what the keys lead to."""
    if WHOLE in keys:
        return None
    if isinstance(value, dict):
        return {key: _without(one, keys.get(key, {})) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, keys) for one in value]
    return value
