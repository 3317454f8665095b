"""The page of metrics says of each figure what its YAML says."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.publish.metrics import page

METRIC = {
    "formula": "c / o",
    "grain": "cohort | window",
    "censoring": "closed",
    "trade_name": "F2",
}


def manifest(tmp_path: Path, metric: dict[str, str] | None, schema: str) -> Path:
    node: dict[str, Any] = {
        "resource_type": "model", "schema": schema, "name": "rpt_f2",
        "description": "F2.\n  One row per cohort.",
        "original_file_path": "models/marts/repeat/rpt_f2.sql",
        "columns": {"cohort": {"config": {"meta": {}}}, "f2_rate": {"config": {"meta": {"metric": metric}}}},
    }  # fmt: skip
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"nodes": {"model.joren.rpt_f2": node}}))
    return path


def test_a_figure_stands_under_its_table_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    found = page(manifest(tmp_path, METRIC, "marts"))
    assert "## rpt_f2\n\nF2. One row per cohort.\n" in found
    assert "| `f2_rate` | c / o | cohort \\| window | closed | F2 |" in found
    assert "`cohort`" not in found


@pytest.mark.parametrize(("metric", "schema"), [(None, "marts"), (METRIC, "private"), (METRIC, "staging")])
def test_what_is_no_published_figure_has_no_section(
    tmp_path: Path, metric: dict[str, str] | None, schema: str
) -> None:
    assert "rpt_f2" not in page(manifest(tmp_path, metric, schema))


def test_a_metric_that_lacks_a_word_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"rpt_f2\.f2_rate: its metric says formula; expected formula"):
        page(manifest(tmp_path, {"formula": "x"}, "marts"))
