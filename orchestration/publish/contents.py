"""What a table holds, in a number of rows and a hash that any reader can compute again."""

from hashlib import sha256
from pathlib import Path

import duckdb

from orchestration.publish.versions import DATABASE, Version


def content(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> tuple[int, str]:
    """Rows of a table, and `<hash of names and types>-<hash of contents>`, which knows no order of rows."""
    chosen = f"select {column_list(columns)} from {table}"
    shape = [(name, kind) for name, kind, *_ in connection.execute(f"describe {chosen}").fetchall()]
    query = f"select count(*), sum(md5_number_lower(t::varchar)) from ({chosen}) as t"
    rows, digest = connection.execute(query).fetchall()[0]
    return int(rows), f"{sha256(str(shape).encode()).hexdigest()[:8]}-{int(digest or 0):x}"


def verify(folder: Path, expected: Version) -> None:
    """Open a written version as a reader would, count and hash again.

    Raises:
        ValueError: when the contents are not what `expected` says.
    """
    with duckdb.connect(folder / DATABASE, read_only=True) as reader:
        for name, digest in expected.hashes.items():
            columns = tuple(row[0] for row in reader.execute(f"describe {name}").fetchall())
            if (found := content(reader, name, columns)) != (expected.rows[name], digest):
                raise ValueError(
                    f"{folder.name}: {name} has {found}, expected {(expected.rows[name], digest)}"
                )


def column_list(columns: tuple[str, ...]) -> str:
    """Names of columns as SQL wants them."""
    return ", ".join(f'"{column}"' for column in columns)
