"""Every dbt unit test, on an empty warehouse: rules that a person could get wrong, each with its rows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from shop import ROOT

from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds

BUILD = ["build", "--empty", "--exclude-resource-type", "test", "exposure"]


def test_all_dbt_unit_tests_pass(tmp_path: Path) -> None:
    furnish(tmp_path)
    write_catalogue(home=tmp_path, feeds=feeds(None))
    shutil.copy(ROOT / "dbt_project" / "target" / "partial_parse.msgpack", tmp_path)
    places = {
        "DBT_PROJECT_DIR": "dbt_project",
        "DBT_PROFILES_DIR": "dbt_project",
        "DBT_TARGET_PATH": str(tmp_path),
    }
    found = subprocess.run(
        [Path(sys.executable).with_name("dbt"), *BUILD],
        cwd=ROOT, env={**os.environ, **places, "JOREN_HOME": str(tmp_path), "JOREN_AS_OF": "1997-03-05"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
    assert "189 unit tests" in found.stdout
