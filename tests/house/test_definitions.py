"""The code location loads anywhere; the daily job has every step it needs and none it must not have."""

import json
import os
import subprocess
import sys
from pathlib import Path

from orchestration.landing.mapping.catalogue import feeds

ROOT = Path(__file__).parents[2]
LOAD = """
import json, socket, sys, time
def refuse(*_, **__):
    raise OSError("no network in this test")
socket.socket.connect = refuse
socket.create_connection = refuse
began = time.process_time()
from orchestration.definitions import definitions
defs = definitions()
repository = defs.get_repository_def()
daily = defs.resolve_job_def("daily")
schedule = defs.resolve_schedule_def("every_morning")
print(json.dumps({
    "seconds": time.process_time() - began,
    "steps": sorted(daily.graph.node_dict),
    "assets": sorted(key.to_user_string() for key in daily.asset_layer.executable_asset_keys),
    "checks": sorted(key.name for key in repository.asset_graph.asset_check_keys),
    "jobs": sorted(job.name for job in repository.get_all_jobs()),
    "schedule": [schedule.cron_schedule, schedule.execution_timezone, schedule.default_status.value],
    "executor": daily.executor_def.name,
}))
"""
MAIL = {"mail/candidates", "mail/plan", "mail/send"}


def load(**environ: str) -> dict[str, object]:
    """Load the definitions in a bare process: no secret, no network, no other variable than these."""
    found = subprocess.run(
        [sys.executable, "-c", LOAD], cwd=ROOT, env={"PATH": os.environ["PATH"], **environ},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    facts: dict[str, object] = json.loads(found.stdout.splitlines()[-1])
    return facts


def test_it_loads_within_ten_seconds_of_a_processor_without_network_or_secrets_and_without_mail() -> None:
    facts = load()
    assert isinstance(facts["seconds"], float)
    assert facts["seconds"] < 10
    assets = set(facts["assets"])  # type: ignore[call-overload]
    assert {
        "landing/eccube_orders",
        "landing/consents",
        "raw/orders",
        "raw/consents",
        "marts/fct_orders",
        "marts",
    } <= assets
    assert not assets & MAIL


def test_with_a_carrier_the_mail_assets_are_in_the_job() -> None:
    assets = set(load(JOREN_CARRIER="outbox")["assets"])  # type: ignore[call-overload]
    assert assets >= MAIL


def test_the_day_starts_at_six_in_tokyo_and_the_schedule_runs() -> None:
    facts = load()
    assert facts["schedule"] == ["0 6 * * *", "Asia/Tokyo", "RUNNING"]
    assert {"daily", "rebuild"} <= set(facts["jobs"])  # type: ignore[call-overload]
    assert facts["executor"] == "in_process"


def test_every_feed_has_a_door() -> None:
    checks = load()["checks"]
    assert isinstance(checks, list)
    assert checks.count("entrance_door") == len(feeds(None))
