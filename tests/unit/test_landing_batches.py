"""Many lines at a time are the same records as one after the other."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.mapping.feed import Quoting
from orchestration.landing.reading.batches import LINES, Dialect, Sound, batches
from orchestration.landing.reading.tokenise import Record
from orchestration.landing.results import Fault

PIECES = ["a", "", " ", ",", ",", '"', '""', '","', "表", "\\", '表"', '"表"', "\n", "\n", "\r\n"]
SOUND = 'a,"b",表\n'


def flat(lines: list[str], dialect: Dialect) -> Iterator[Record | Fault]:
    for batch in batches(iter(lines), dialect):
        if isinstance(batch, Sound):
            yield from (Record(cells, line, "") for cells, line in zip(*batch, strict=True))
        else:
            yield from batch


@pytest.mark.parametrize("quoting", ["fputcsv", "rfc4180", "none"])
@given(st.integers(0, 2 * LINES), st.lists(st.sampled_from(PIECES), max_size=60), st.integers(0, LINES))
def test_batches_hold_the_records(quoting: Quoting, before: int, pieces: list[str], after: int) -> None:
    text = SOUND * before + "".join(pieces) + "\n" + SOUND * after
    dialect, lines = Dialect(",", quoting, "cp932"), text.splitlines(keepends=True)
    assert list(flat(lines, dialect)) == list(dialect.records(lines))
