"""What the footer of a Parquet file says of the file: texts, each under `joren.<name>`."""

from collections.abc import Mapping

import pyarrow.parquet as pq

PREFIX = "joren."


def said_in(footer: pq.FileMetaData) -> dict[str, str]:
    """Read it, by name."""
    said = footer.metadata or {}
    return {key.decode().removeprefix(PREFIX): value.decode() for key, value in said.items()}


def labelled(said: Mapping[str, str]) -> dict[str, str]:
    """Name it as the footer does."""
    return {PREFIX + name: text for name, text in said.items()}
