"""The dbt project's compiled SQL, and what its sources hold."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from lineage import NONE, RAW, Relation, Table

from orchestration.home import furnish
from orchestration.landing.accounting.catalogue_files import write_catalogue
from orchestration.landing.mapping.catalogue import feeds
from orchestration.landing.mapping.kinds import kinds, personal_columns

PROJECT = Path(__file__).parents[1] / "dbt_project"
Node = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """Models with their promises and their SQL, parents before children, and what they read besides."""

    models: dict[Table, Node]
    sql: dict[Table, str]
    sources: dict[Table, Relation]


def compile_project(home: Path) -> Compiled:
    """Compile every model over an empty home."""
    furnish(home)
    write_catalogue(home=home, feeds=feeds(None))
    target = home / "target"
    target.mkdir()
    shutil.copy(PROJECT / "target" / "partial_parse.msgpack", target)  # half of the time is parsing
    said = {"JOREN_HOME": home, "JOREN_AS_OF": "2026-11-22", "DBT_TARGET_PATH": target}
    found = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--quiet", "--log-path", home / "logs",
         "compile", "--select", "resource_type:model", "--project-dir", PROJECT, "--profiles-dir", PROJECT],
        env={**os.environ, **{name: str(value) for name, value in said.items()}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
    manifest = json.loads((target / "manifest.json").read_text())
    models = {name(node): node for node in _sorted(manifest["nodes"])}
    folder = target / "compiled" / "joren"
    return Compiled(
        models=models,
        sql={key: (folder / node["original_file_path"]).read_text() for key, node in models.items()},
        sources={**_raw(home), **_seeds(manifest["nodes"])},
    )


def name(node: Node) -> Table:
    """What SQL calls it."""
    return node["schema"], node["name"]


def _sorted(nodes: dict[str, Node]) -> list[Node]:
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    done: dict[str, Node] = {}

    def visit(key: str) -> None:
        for parent in models[key]["depends_on"]["nodes"]:
            if parent in models and parent not in done:
                visit(parent)
        done[key] = models[key]

    for key in sorted(models):
        if key not in done:
            visit(key)
    return list(done.values())


def _raw(home: Path) -> dict[Table, Relation]:
    """The sources; what kinds.yaml marks is personal."""
    found: dict[Table, Relation] = {}
    for path in (home / "raw" / "_catalogue").glob("*.parquet"):
        table = path.stem.removeprefix("contract_")
        personal = personal_columns(table) if table in kinds() else frozenset[str]()
        found["raw", table] = {
            column: frozenset({(f"{table}.{column}", RAW)}) if column in personal else NONE
            for column in pq.read_schema(path).names
        }
    return found


def _seeds(nodes: dict[str, Node]) -> dict[Table, Relation]:
    return {
        name(node): dict.fromkeys(_header(PROJECT / node["original_file_path"]), NONE)
        for node in nodes.values()
        if node["resource_type"] == "seed"
    }


def _header(path: Path) -> list[str]:
    with path.open() as file:
        return file.readline().strip().split(",")
