"""Packed files are read as what they hold; bombs and tricks are refused at once."""

import time
from pathlib import Path

import pytest
from archives import BAD, CONTENT, GOOD, changed
from landing_feeds import feed, land_one, pending

from orchestration.landing.reading.decode import text_of
from orchestration.landing.results import Fault, Parsed

LINES = feed("lines")
NAME = "order_20260105060000.csv"
SECONDS = 1.0


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("suffix", ["", ".gz", ".zip"])
def test_a_packed_file_lands_as_what_it_holds_whatever_its_name(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    content = GOOD[kind]()
    parsed = land_one(tmp_path, LINES, f"{NAME}{suffix}", content)
    assert isinstance(parsed, Parsed)
    assert (parsed.encoding, parsed.landed) == ("cp932", 2)
    assert [row["quantity"] for row in pending(tmp_path, LINES)] == ["1", "髙"]
    assert (tmp_path / "landing" / "lines" / parsed.sha256).read_bytes() == content


@pytest.mark.parametrize("kind", BAD)
def test_what_is_packed_otherwise_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    make, found = BAD[kind]
    path = tmp_path / "file"
    path.write_bytes(make())
    began = time.perf_counter()
    fault = text_of(path, encodings=("utf-8", "cp932"))
    assert time.perf_counter() - began < SECONDS
    assert isinstance(fault, Fault)
    assert found in fault.found


def test_a_packed_file_cut_or_changed_anywhere_is_refused_or_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for make in (GOOD["gzip"], GOOD["zip"]):
        content = make()
        for at in range(2, len(content)):
            for other in (content[:at], changed(content, at, bytes((content[at] ^ 0x55,)))):
                path.write_bytes(other)
                found = text_of(path, encodings=("cp932",))
                assert isinstance(found, Fault) or "".join(found.lines()) == CONTENT.decode("cp932"), at
