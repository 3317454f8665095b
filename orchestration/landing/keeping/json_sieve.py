"""JSON loses what its feed does not map; see `sieve.py`."""

from collections.abc import Iterator
from typing import Any

from orchestration.landing.keeping.json_paths import WHOLE, Keys, plant, plant_part
from orchestration.landing.keeping.lines import UNREADABLE
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.decode import Text, is_ended
from orchestration.landing.reading.json_rows import BROKEN_OFF, document_of, json_fault, reads_lines
from orchestration.landing.reading.json_text import JsonError, json_text, read_json_text
from orchestration.landing.results import Fault


class JsonSieve:
    """Keeps of JSON values what a feed's paths lead through."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        lists = feed.rows.split(".") if feed.rows else []
        row: Keys = {}
        plant(row, lists[1:])
        for column in feed.columns.values():
            for part in column.parts():
                plant_part(row, part, WHOLE)
        self._keys: Keys = {lists[0]: row} if lists else row

    def sieved(self, text: Text) -> Iterator[str | Fault]:
        """Yield the lines that may be kept, or a Fault."""
        if reads_lines(text, self._feed):
            yield from map(self._line, text.lines())
            return
        document = document_of(text)
        yield document if isinstance(document, Fault) else json_text(_kept(document, self._keys)) + "\n"

    def _line(self, line: str) -> str | Fault:
        if not line.strip():
            return "\n"
        try:
            return json_text(_kept(read_json_text(line), self._keys)) + "\n"
        except JsonError:
            return f"{UNREADABLE}\n" if is_ended(line) else json_fault(BROKEN_OFF)


def _kept(value: Any, keys: Keys) -> Any:  # noqa: ANN401  # JSON
    if WHOLE in keys or value is None:
        return value
    if isinstance(value, dict):
        return {key: _kept(one, keys[key]) for key, one in value.items() if key in keys}
    if isinstance(value, list):
        return [_kept(one, keys) for one in value]
    return UNREADABLE
