"""Which tables and columns BI tools may see: those that dbt's contracts name in schema `marts`."""

import json
from collections.abc import Mapping
from pathlib import Path

Tables = Mapping[str, tuple[str, ...]]


def published_tables(manifest: Path) -> Tables:
    """Read table names and their columns, in the order of the contract, from dbt's manifest.json."""
    nodes = json.loads(manifest.read_text())["nodes"].values()
    return {
        node["name"]: tuple(node["columns"])
        for node in sorted(nodes, key=lambda node: str(node["name"]))
        if node["resource_type"] == "model" and node["schema"] == "marts"
    }
