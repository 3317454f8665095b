"""dbt as Dagster starts it: a process of its own, and nothing of dbt in Dagster's."""

from collections.abc import Sequence

from dagster_dbt import DbtCliResource


class DbtProcess(DbtCliResource):
    """dbt from its command line."""

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        """Do without the adapter: it would ask the warehouse for metadata, and costs three seconds."""
