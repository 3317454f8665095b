"""Dagster's event log, in SQLite as Dagster keeps it, at a third of the price of an event."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

WAIT_SECONDS = 30


class EventLog(SqliteEventLogStorage):
    """The files that Dagster would write by itself, each with one engine.

    Dagster makes an engine for each connection, two thousand a day, and each compiles its statements anew.
    """

    @classmethod
    def config_type(cls) -> Mapping[str, Any]:
        """Nothing to say: the files lie where Dagster looks for them by itself."""
        return {}

    @classmethod
    def from_config_value(
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Mapping[str, Any],  # noqa: ARG003  # Dagster's signature
    ) -> "EventLog":
        """Open the log of DAGSTER_HOME."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        engine = _engine(self.conn_string_for_shard(shard))
        with self._db_lock:
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection


@cache
def _engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool, connect_args={"timeout": WAIT_SECONDS})
