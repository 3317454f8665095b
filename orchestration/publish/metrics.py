"""The page of metrics: what each published figure is, as its YAML says it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PAGE = "metrics.md"
SAYS = {"formula": "formula", "grain": "grain", "censoring": "censoring", "trade_name": "the trade's name"}
OPENING = """# Metrics

Every published figure with its formula, its grain, who is left out for not having been observed long enough
(censoring), and who in the trade calls it what. Written by `make metrics` from the YAML beside each model
(`config.meta.metric` of a column); a test holds them equal.
"""


def page(manifest: Path) -> str:
    """Write the page from dbt's manifest.json, tables by area and name, columns in the order of the contract.

    Raises:
        ValueError: names a column whose metric lacks one of `SAYS` or says something else.
    """
    nodes = json.loads(manifest.read_text())["nodes"].values()
    tables = sorted((n for n in nodes if _is_published(n)), key=lambda n: str(n["original_file_path"]))
    found = [(table, list(_metrics(table))) for table in tables]
    return "\n".join([OPENING, *("\n".join(_section(table, rows)) for table, rows in found if rows)])


def _is_published(node: Mapping[str, Any]) -> bool:
    return (node["resource_type"], node["schema"]) == ("model", "marts")


def _metrics(table: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, column in table["columns"].items():
        metric = column["config"]["meta"].get("metric")
        if metric is None:
            continue
        if set(metric) != set(SAYS):
            found, expected = ", ".join(metric), ", ".join(SAYS)
            raise ValueError(f"{table['name']}.{name}: its metric says {found}; expected {expected}.")
        yield (f"`{name}`", *(_cell(metric[key]) for key in SAYS))


def _section(table: Mapping[str, Any], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {table['name']}\n\n{_cell(table['description'])}\n"
    yield f"| figure | {' | '.join(SAYS.values())} |"
    yield "| --- " * (len(SAYS) + 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
