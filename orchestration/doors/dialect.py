"""DuckDB for SQLAlchemy without transactions.

Great Expectations opens a transaction around each metric; with the dialect's own begin, commit and rollback
every metric then comes back empty ("list index out of range").
"""

from duckdb_engine import Dialect


class Autocommit(Dialect):
    """Every statement stands alone."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: object) -> None:
        """Do nothing."""

    def do_commit(self, dbapi_connection: object) -> None:
        """Do nothing."""

    def do_rollback(self, dbapi_connection: object) -> None:
        """Do nothing."""
