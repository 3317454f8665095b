"""The baseline: what a skilled hand would write, trusting the file."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.demo.eccube import order_csv


def timed(work: Callable[[], object]) -> float:
    """Seconds of the wall clock."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def by_hand(source: Path, folder: Path, *, strict: bool) -> None:
    """Bring an EC-CUBE order export into Parquet: transcode, `read_csv` with an explicit dialect, copy.

    Args:
        source: cp932.
        folder: for what is made of it.
        strict: whether the reader stops at a quote that is not doubled.
    """
    text, target = folder / "orders.csv", folder / "orders.parquet"
    with (
        source.open(encoding="cp932", newline="") as theirs,
        text.open("w", encoding="utf-8", newline="") as utf8,
    ):
        while block := theirs.read(1 << 20):
            utf8.write(block)
    columns = dict.fromkeys(_numbered(order_csv.HEADER.split(",")), "VARCHAR")
    dialect = "delim = ',', quote = '\"', escape = '\"', header = true, auto_detect = false"
    duckdb.execute(
        f"copy (from read_csv('{text}', {dialect}, columns = {columns}, strict_mode = {strict})) "
        f"to '{target}' (format parquet, compression zstd)"
    )


def _numbered(header: list[str]) -> list[str]:
    """Give the second 送料 a name of its own."""
    return [name if name not in header[:at] else f"{name}_{at}" for at, name in enumerate(header)]
