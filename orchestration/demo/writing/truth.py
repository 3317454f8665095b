"""What is really so, for tests alone: who is behind which key, what was edited, when somebody truly stopped.

Written to `home/demo_truth/*.parquet`, beside the inbox and never into it. One table each:
people (one row a person), keys (one row a key of a person in a shop), faces (one row for each order and each
account: what the person told of himself), orders (one row an order that the night knows), contracts (one
row a 定期), process (one row a parameter).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.demo.buying.histories import Cast
from orchestration.demo.buying.process import CDNOW
from orchestration.demo.buying.stories import Story
from orchestration.demo.writing.night import Night
from orchestration.demo.writing.truth_faces import faces
from orchestration.demo.writing.truth_rows import contracts, keys, orders, people

Row = Mapping[str, object]
BATCH_ROWS = 20_000
TEXT, NUMBER, DAY = pa.string(), pa.int64(), pa.date32()
AT = pa.timestamp("us")
SCHEMAS = {
    "people": pa.schema(
        {
            "number": NUMBER, "household": NUMBER, "is_staff": pa.bool_(), "is_guest": pa.bool_(),
            "family_name": TEXT, "given_name": TEXT, "mail": TEXT, "phone": TEXT,
            "purchases": NUMBER, "first_on": DAY, "churned_on": DAY,
        }
    ),
    "keys": pa.schema({"shop_id": TEXT, "key_kind": TEXT, "key": TEXT, "number": NUMBER}),
    "faces": pa.schema(
        {
            "shop_id": TEXT, "key_kind": TEXT, "key": TEXT, "number": NUMBER, "mail": TEXT, "name": TEXT,
            "family_name": TEXT, "kana": TEXT, "phone": TEXT, "address": TEXT,
        }
    ),
    "orders": pa.schema(
        {
            "shop_id": TEXT, "order_id": TEXT, "number": NUMBER, "kind": TEXT, "ordered_at": AT,
            "sent_at": AT, "fate": TEXT, "fated_at": AT, "edited_at": AT, "edited_line": NUMBER,
            "edited_to": NUMBER, "refunded_at": AT, "refunded_yen": NUMBER, "goods_yen": NUMBER,
            "edited_goods_yen": NUMBER, "discount_yen": NUMBER, "subscription_id": TEXT,
        }
    ),
    "contracts": pa.schema(
        {
            "subscription_id": TEXT, "number": NUMBER, "started_at": AT, "cancelled_on": DAY,
            "deliveries": NUMBER,
        }
    ),
    "process": pa.schema({"parameter": TEXT, "value": pa.float64()}),
}  # fmt: skip


@dataclass(kw_only=True, slots=True)
class _Table:
    """A Parquet file that grows batch by batch."""

    writer: pq.ParquetWriter
    schema: pa.Schema
    rows: list[Row] = field(default_factory=list)

    def add(self, rows: Iterator[Row]) -> None:
        self.rows.extend(rows)
        if len(self.rows) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
        self.rows.clear()


class Truth:
    """The tables of one night, open."""

    def __init__(self, *, tables: Mapping[str, _Table], night: Night) -> None:
        self._tables, self._night = tables, night

    def tell(self, story: Story) -> None:
        """All that is true of one person."""
        self._tables["people"].add(people(story))
        self._tables["keys"].add(keys(story, self._night))
        self._tables["faces"].add(faces(story, self._night))
        self._tables["orders"].add(orders(story, self._night))
        self._tables["contracts"].add(contracts(story, self._night))


@contextmanager
def writing_truth(*, home: Path, cast: Cast, night: Night) -> Iterator[Truth]:
    """Tables that get their names only when all is told."""
    folder = disk.folder(home / "demo_truth", 0o700)
    drafts = {name: folder / f"{name}.parquet{disk.UNFINISHED}" for name in SCHEMAS}
    tables = {
        name: _Table(writer=pq.ParquetWriter(path, SCHEMAS[name]), schema=SCHEMAS[name])
        for name, path in drafts.items()
    }
    yield Truth(tables=tables, night=night)
    tables["process"].add(_process(cast))
    for name, table in tables.items():
        table.flush()
        table.writer.close()
        disk.keep(drafts[name], folder / f"{name}.parquet")


def _process(cast: Cast) -> Iterator[Row]:
    """The parameters that a simulated shop was drawn from; none for real histories."""
    named = {**asdict(CDNOW), "days": cast.days, "seed": cast.seed, "customers": cast.customers or 0}
    is_drawn = cast.source.value == "simulated"
    rows = ({"parameter": name, "value": float(value)} for name, value in named.items())
    return chain(rows if is_drawn else ())
