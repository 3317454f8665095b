"""What a run holds: the home with its lock, the day it is for, and dbt."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
from dagster_dbt import DbtCliInvocation, DbtCliResource, DbtProject
from pydantic import PrivateAttr

from orchestration.dbt_process import DbtProcess
from orchestration.home import WAIT_SECONDS, furnish, hold
from orchestration.settings import Settings, read_settings

TOKYO = ZoneInfo("Asia/Tokyo")
RETRY = dg.RetryPolicy(max_retries=2, delay=5)
Context = dg.AssetExecutionContext | None
PROJECT = DbtProject(project_dir=Path(__file__).parents[2] / "dbt_project")


class House(dg.ConfigurableResource[None]):
    """The home, held for one run.

    Attributes:
        as_of: the day to build for (ISO); the run knows the facts of days before it. Empty: today in Tokyo.
    """

    as_of: str = ""
    _settings: Settings = PrivateAttr()
    _now: datetime = PrivateAttr()

    @contextmanager
    def yield_for_execution(  # type: ignore[override]  # Dagster wants the resource itself
        self,
        context: dg.InitResourceContext,  # noqa: ARG002  # Dagster's signature
    ) -> Iterator["House"]:
        """Furnish the home and hold its lock until the run ends."""
        self._settings = read_settings(os.environ)
        furnish(self.home)
        with hold(self.home, wait_seconds=WAIT_SECONDS):
            self._now = datetime.now(UTC)
            yield self

    @property
    def settings(self) -> Settings:
        """What the environment said when the run began."""
        return self._settings

    @property
    def home(self) -> Path:
        """The state on disk."""
        return self._settings.home

    @property
    def now(self) -> datetime:
        """When the run began (UTC)."""
        return self._now

    @property
    def day(self) -> date:
        """The day that this run is for."""
        return date.fromisoformat(self.as_of) if self.as_of else self._now.astimezone(TOKYO).date()


def build(
    house: House, dbt: DbtCliResource, *, warehouse: Path, adds_to: Path | None, context: Context
) -> DbtCliInvocation:
    """Build and test all for the house's day, on the last build or anew; dbt writes into the home."""
    said = {"HOME": house.home, "WAREHOUSE": warehouse, "AS_OF": house.day, "BASIS": adds_to or ""}
    os.environ |= {f"JOREN_{name}": str(value) for name, value in said.items()}
    target = house.home / "dagster" / "dbt"
    anew = [] if adds_to else ["--full-refresh"]
    asked = ["--no-write-json", "build", "--exclude-resource-type", "unit_test", *anew]
    started = dbt.cli(asked, context=context, target_path=target)
    (target / "partial_parse.msgpack").chmod(0o600)  # Dagster's copy of ours, with its mode
    return started


@dg.definitions
def resources() -> dg.Definitions:
    """Resources by name."""
    folder, executable = str(PROJECT.project_dir), str(Path(sys.executable).with_name("dbt"))
    dbt = DbtProcess(project_dir=folder, profiles_dir=folder, dbt_executable=executable)
    return dg.Definitions(resources={"house": House.configure_at_launch(), "dbt": dbt})
