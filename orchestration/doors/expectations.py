"""Great Expectations asks its questions of DuckDB."""

import os
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from orchestration.doors.duck import bounded
from orchestration.doors.rule import Rule

URL = "duckdb+autocommit:///:memory:"


class Asker(NamedTuple):
    """Great Expectations, once it has been imported, and its one connection."""

    gx: ModuleType
    expectations: ModuleType
    source: Any


def met(table: str, rules: Sequence[Rule], *, home: Path) -> list[bool]:
    """Ask, for each rule, whether a table meets it.

    Args:
        table: SQL of the table judged. It must have a row: minima and maxima fail on empty tables.
        rules: what is expected.
        home: where DuckDB may spill.

    Raises:
        RuntimeError: for a rule that could not be evaluated.
    """
    asker = _asker(home)
    asset = asker.source.add_query_asset(name="rows", query=table)
    try:
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        expectations = [
            getattr(asker.expectations, rule.expectation)(**rule.arguments, meta={"rule": number})
            for number, rule in enumerate(rules)
        ]
        suite = asker.gx.ExpectationSuite(name="door", expectations=expectations)
        # Everything above BOOLEAN_ONLY carries rejected values.
        answers = batch.validate(suite, result_format="BOOLEAN_ONLY").results
    finally:
        asker.source.delete_asset("rows")
    by_rule = {answer.expectation_config.meta["rule"]: answer for answer in answers}
    return [_is_met(by_rule[number], rule) for number, rule in enumerate(rules)]


def _is_met(answer: Any, rule: Rule) -> bool:  # noqa: ANN401  # Great Expectations' own type, imported late
    if "'raised_exception': True" in str(answer.exception_info):
        raise RuntimeError(
            f"door: {rule.words}: could not be evaluated. Run the rule's SQL by hand: {rule.unexpected}"
        )
    return bool(answer.success)


@cache
def _asker(home: Path) -> Asker:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        # It imports sre_constants, deprecated since Python 3.11.
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"great_expectations\.")
        import great_expectations as gx  # noqa: PLC0415  # costs 3-9 s, so nobody pays who does not ask
        from great_expectations import expectations  # noqa: PLC0415
        from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415
        from sqlalchemy.dialects import registry  # noqa: PLC0415
    registry.register("duckdb.autocommit", "orchestration.doors.dialect", "Autocommit")
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(
        name="pending",
        connection_string=URL,
        create_temp_table=False,
        kwargs={"connect_args": {"config": bounded(home, "questions")}},  # type: ignore[call-arg]  # no stub
    )
    return Asker(gx, expectations, source)
