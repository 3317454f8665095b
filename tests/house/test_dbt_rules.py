"""Rules over the whole dbt project that no single model can promise."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing.mapping.kinds import kinds

PROJECT = Path(__file__).parents[2] / "dbt_project"
MANIFEST = json.loads((PROJECT / "target" / "manifest.json").read_text())
MODELS: dict[str, dict[str, Any]] = {
    node["name"]: node for node in MANIFEST["nodes"].values() if node["resource_type"] == "model"
}
READ_BY_OTHERS = [name for name, node in MODELS.items() if node["schema"] in {"marts", "private"}]
PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "rpt_"),
}
PERSONAL = re.compile(r"(?<!counts_)mail$|phone|(family|given)_|kana|address|postcode|birthday$|company")


def is_tagged(column: dict[str, Any]) -> bool:
    return bool(column["meta"].get("pii") or column["config"]["meta"].get("pii"))


def columns(name: str) -> dict[str, Any]:
    found: dict[str, Any] = MODELS[name]["columns"]
    return found


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_description_ends_with_the_grain(name: str) -> None:
    assert re.search(r"One row per [^.]+\.\s*$", MODELS[name]["description"])


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_and_its_promise_lie_side_by_side(name: str) -> None:
    assert (PROJECT / MODELS[name]["original_file_path"]).with_suffix(".yml").exists()


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_name_says_the_layer(name: str) -> None:
    prefixes = PREFIXES.get(MODELS[name]["schema"])
    assert prefixes is None or name.startswith(prefixes)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_has_at_most_80_lines(name: str) -> None:
    assert len(MODELS[name]["raw_code"].splitlines()) <= 80


@pytest.mark.parametrize("name", sorted(READ_BY_OTHERS))
def test_what_others_read_has_a_contract(name: str) -> None:
    assert MODELS[name]["config"]["contract"]["enforced"]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_is_the_same_on_every_run(name: str) -> None:
    forbidden = r"current_date|now\(\)|current_timestamp|today\(\)|any_value|\b(first|last)\(|random\(|uuid\("
    assert not re.search(forbidden, MODELS[name]["raw_code"], re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_only_staging_reads_sources(name: str) -> None:
    reads = [parent for parent in MODELS[name]["depends_on"]["nodes"] if parent.startswith("source.")]
    assert not reads or MODELS[name]["schema"] == "staging"


@pytest.mark.parametrize("name", sorted(n for n in MODELS if MODELS[n]["schema"] == "marts"))
def test_no_published_column_is_personal(name: str) -> None:
    assert [column for column, facts in columns(name).items() if is_tagged(facts)] == []
    assert [c for c in columns(name) if PERSONAL.search(c)] == []


def test_personal_columns_are_tagged_from_staging_on() -> None:
    untagged = [
        f"{name}.{column}"
        for name, node in MODELS.items()
        for column, facts in columns(name).items()
        if node["schema"] in {"staging", "private"} and PERSONAL.search(column)
        if not column.startswith("sender_") and not is_tagged(facts)
    ]
    assert untagged == []


def test_a_warehouse_build_blocks_on_the_doors_of_every_source() -> None:
    sources = MANIFEST["sources"].values()
    keys = {source["name"]: source["meta"]["dagster"]["asset_key"] for source in sources}
    catalogue = {"feeds", "order_statuses", "line_kinds", "devices", "files"}
    assert keys == {name: ["raw", name] for name in {*kinds(), *catalogue}}
