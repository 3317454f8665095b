"""What an erasure cannot reach is named: files of a feed that nobody describes any more among it."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from feed_files import FEEDS

from orchestration.landing.erasing.traces import Traces
from orchestration.privacy.left import left

NONE = frozenset[str]()
HIM = Traces(
    mails=frozenset({"canary.quill@example.com"}), phones=frozenset({"09087654321"}), names=NONE, places=NONE
)
ROW = "5,Canary.Quill@example.com,090-8765-4321\n"
KNOWN = FEEDS["eccube_orders"], FEEDS["contacts"]


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("room", ["landing", "raw", "quarantine"])
def test_a_room_of_a_feed_is_searched_only_when_nobody_describes_the_feed(tmp_path: Path, room: str) -> None:
    for feed in ("eccube_orders", "closed_cart"):
        write(tmp_path / room / feed / "file", ROW.encode())
    assert left(tmp_path, HIM, KNOWN) == (f"{room}/closed_cart/file",)


@pytest.mark.parametrize(
    "content",
    [ROW.encode("utf-16"), gzip.compress(ROW.encode()), b"\x1f\x8bcut off"],
    ids=["utf-16", "gzip", "gzip cut off"],
)
def test_he_is_seen_in_any_encoding_and_packed_and_where_nobody_can_tell(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path / "inbox" / "contacts" / "contacts.csv", content)
    write(tmp_path / "inbox" / "contacts" / "others.csv", b"5,other@example.com\n")
    assert left(tmp_path, HIM, KNOWN) == ("inbox/contacts/contacts.csv",)


def test_he_is_seen_in_the_cells_of_compressed_parquet(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "closed_cart" / "rows.parquet"
    path.parent.mkdir(parents=True)
    cells = [f"{n} {'to ' + ROW if n == 77 else ''}" for n in range(2_000)]
    pq.write_table(pa.table({"note": cells}), path, compression="zstd", write_statistics=False)
    assert b"quill" not in path.read_bytes()
    assert left(tmp_path, HIM, KNOWN) == ("raw/closed_cart/rows.parquet",)
    path.write_bytes(path.read_bytes()[:-9])
    assert left(tmp_path, HIM, KNOWN) == ("raw/closed_cart/rows.parquet",)
