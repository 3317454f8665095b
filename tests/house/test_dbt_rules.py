"""Rules over the whole dbt project that no single model can promise."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing.mapping.kinds import kinds
from orchestration.publish.metrics import PAGE, page

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
    catalogue = {"feeds", "order_statuses", "line_kinds", "devices", "files", "erasures", "postcodes"}
    assert keys == {name: ["raw", name] for name in {*kinds(), *catalogue}}


NOT_FOR_WRITING = {
    "customer_contacts",
    "consents_due_for_deletion",
}  # how to reach whom; whose words to delete


def ancestors(name: str) -> set[str]:
    parents = {parent.rsplit(".", 1)[1] for parent in MODELS[name]["depends_on"]["nodes"]}
    return parents.union(*(ancestors(parent) for parent in parents & set(MODELS)))


def test_whatever_names_a_mail_address_to_a_sender_has_asked_who_may_be_written_to() -> None:
    names_mail = {name for name in READ_BY_OTHERS if "mail" in columns(name)}
    assert names_mail >= {"mail_candidates"}
    bypassing = {name for name in names_mail - NOT_FOR_WRITING if "mail_eligibility" not in ancestors(name)}
    assert bypassing == set()


def test_persons_leave_the_warehouse_by_the_candidates_alone() -> None:
    rooms = [PROJECT.parent / room for room in ("orchestration", "mail_jobs")]
    asking = re.compile(r"from private\.(\w+)")
    found = {
        (path.parent.name, table)
        for room in rooms
        for path in room.rglob("*.py")
        for table in asking.findall(path.read_text())
    }
    assert {where for where in found if where[0] != "privacy"} == {("publish", "mail_candidates")}


def test_what_an_order_says_of_consent_is_never_read() -> None:
    reading = {name for name, node in MODELS.items() if "accepts_mail" in node["raw_code"]}
    assert reading == {"stg_shops__customer_consents"}
    parents = MODELS["stg_shops__customer_consents"]["depends_on"]["nodes"]
    assert parents == ["source.joren.raw.customers", "source.joren.raw.feeds"]


def test_reasons_stand_in_the_order_of_the_house_and_notices_have_a_shorter_list() -> None:
    rows = list(csv.DictReader((PROJECT / "seeds" / "eligibility_reasons.csv").read_text().splitlines()))
    reasons = [row["reason"] for row in sorted(rows, key=lambda row: int(row["rank"]))]
    assert reasons == [
        "erased", "death", "claim", "unpaid", "left_membership", "refused", "staff", "consent_withdrawn",
        "complaint", "provider_suppressed", "provider_group_suppressed", "hard_bounce", "refused_form",
        "no_address", "masked", "relay_address", "role_address", "reserved_domain", "mall_only", "no_consent",
        "sunset",
    ]  # fmt: skip
    assert {row["reason"] for row in rows if row["stops_notice"] == "false"} == {
        "unpaid", "refused", "staff", "consent_withdrawn", "provider_group_suppressed", "no_consent",
        "sunset",
    }  # fmt: skip


def test_the_page_of_metrics_is_what_the_models_say() -> None:
    found = page(PROJECT / "target" / "manifest.json")
    assert (PROJECT / PAGE).read_text("utf-8") == found, "run `make metrics`"


def test_whoever_reads_the_marts_is_named() -> None:
    [bi] = [one for one in MANIFEST["exposures"].values() if one["name"] == "published_marts"]
    told = {node.rsplit(".", 1)[1] for node in bi["depends_on"]["nodes"]}
    assert told == {name for name, node in MODELS.items() if node["schema"] == "marts"}


SEEDS = {node["name"]: node for node in MANIFEST["nodes"].values() if node["resource_type"] == "seed"}


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_what_is_said_of_a_seed_is_said_of_its_columns(name: str) -> None:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    assert set(SEEDS[name]["config"]["column_types"]) == set(header)
    assert set(SEEDS[name]["columns"]) <= set(header)
