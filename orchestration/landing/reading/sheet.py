"""A Parquet file that grows batch by batch in bounded memory."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration import disk
from orchestration.footer import labelled

ROW_GROUP = 50_000
LARGEST_GROUP = 1 << 26  # bytes


class Sheet:
    """A private Parquet draft, written beside the reading of what comes next.

    Attributes:
        rows: written so far.
    """

    def __init__(self, draft: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        self._file = disk.open_private(draft)
        self._writer = pq.ParquetWriter(self._file, schema, compression="zstd")
        self._aside = ThreadPoolExecutor(max_workers=1)
        self._written: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._aside.shutdown()
        self._writer.close()
        self._file.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """Take some rows."""
        self.rows += batch.num_rows
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= ROW_GROUP or self._bytes >= LARGEST_GROUP:
            self._write()

    def finish(self, said: Mapping[str, str]) -> None:
        """Write what waits, and what the footer shall say under `joren.<name>`."""
        self._write()
        self._settle()
        self._writer.add_key_value_metadata(labelled(said))

    def _write(self) -> None:
        self._settle()
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, self._schema)
            self._written = self._aside.submit(self._writer.write_table, table)
        self._waiting = []
        self._rows = self._bytes = 0

    def _settle(self) -> None:
        if self._written:
            self._written.result()
