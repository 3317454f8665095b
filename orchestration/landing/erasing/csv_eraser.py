"""A CSV file without somebody; all other lines come out as they went in."""

from collections.abc import Iterator, Sequence

from orchestration.landing.erasing.finder import Finder, Whose
from orchestration.landing.erasing.personal import ABOUT_PEOPLE, facts, handles, of_receiver, stays
from orchestration.landing.erasing.shop_keys import Row
from orchestration.landing.erasing.tally import Tally
from orchestration.landing.keeping.lines import UNREADABLE, Lines
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.cells import CellMaker
from orchestration.landing.reading.csv_rows import Headed
from orchestration.landing.reading.parts import chunks
from orchestration.landing.reading.tokenise import Record
from orchestration.landing.results import Fault


class CsvEraser:
    """Takes somebody out of the rows of one file, counting what it does."""

    def __init__(self, headed: Headed, feed: Feed, finder: Finder, tally: Tally) -> None:
        self._headed, self._feed, self._finder, self._tally = headed, feed, finder, tally
        self._line = Lines(headed.dialect)
        at, self._maker = headed.where.at, CellMaker(feed, headed.where.ways)
        self._facts = {at[str(part)]: numbers for part, numbers in facts(feed).items() if str(part) in at}
        unmapped = {at[name] for name in headed.where.unmapped}
        self._receivers = unmapped | {at[str(part)] for part in of_receiver(feed) if str(part) in at}

    def lines(self) -> Iterator[str | Fault]:
        """Yield the file's lines, header first, or a Fault."""
        yield self._headed.header.text
        records = self._headed.dialect.records(self._headed.lines)
        for chunk in chunks(records, lambda record: 0 if isinstance(record, Fault) else len(record.text)):
            faults = [record for record in chunk if isinstance(record, Fault)]
            yield from self._some([record for record in chunk if isinstance(record, Record)])
            yield from faults

    def _some(self, records: Sequence[Record]) -> Iterator[str]:
        rows = iter(self._handles([record.cells for record in records if self._is_row(record)]))
        for record in records:
            yield self._row(record, next(rows)) if self._is_row(record) else self._broken(record)

    def _is_row(self, record: Record) -> bool:
        return len(record.cells) == self._headed.where.width and not record.reason and any(record.cells)

    def _handles(self, rows: Sequence[Sequence[str]]) -> list[Row]:
        at = self._headed.where.at
        return handles(self._feed, self._maker, lambda part: [row[at[str(part)]] for row in rows], len(rows))

    def _row(self, record: Record, handles: Row) -> str:
        cells, whose = record.cells, self._finder.whose(handles, record.cells)
        if whose is Whose.HIS and self._feed.kind in ABOUT_PEOPLE:
            self._tally.removed += 1
            return ""
        kept = self._kept(cells, whose)
        if kept == cells:
            return record.text
        self._tally.blanked += 1
        return self._line.of(kept)

    def _kept(self, cells: Sequence[str], whose: Whose) -> list[str]:
        marked, traces = self._finder.marked(cells), self._finder.traces
        if whose is Whose.HIS:
            stay = [
                at in self._facts and stays(cell, numbers_only=self._facts[at])
                for at, cell in enumerate(cells)
            ]
        elif whose is Whose.GIVEN_TO_HIM:
            stay = [
                at not in self._receivers and not (traces and traces.names_him(cell))
                for at, cell in enumerate(cells)
            ]
        else:
            stay = [True] * len(cells)
        return [cell if stay[at] and not marked[at] else "" for at, cell in enumerate(cells)]

    def _broken(self, record: Record) -> str:
        """A row that cannot be read keeps its place, and nothing else if it might be his."""
        shop = self._feed.constants.get("shop_id", "")
        if not any(record.cells) and not record.reason:
            return record.text
        if not self._finder.is_in_broken(record.cells, record.text, shop):
            return record.text
        self._tally.blanked += 1
        return self._line.of([UNREADABLE] * (self._headed.where.width + 1))
