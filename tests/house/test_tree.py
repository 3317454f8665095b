"""The tree keeps the budgets that make it readable."""

import ast
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("orchestration", "mail_jobs")


def python_files() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def function_lengths() -> dict[str, int]:
    return {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_python_files_have_at_most_150_lines() -> None:
    assert [str(path) for path in python_files() if lines(path) > 150] == []


def test_functions_have_at_most_30_lines() -> None:
    assert {name: length for name, length in function_lengths().items() if length > 30} == {}


def test_the_median_function_has_at_most_8_lines() -> None:
    assert statistics.median(function_lengths().values()) <= 8


def test_definitions_stay_below_300_lines() -> None:
    assert sum(lines(path) for path in (ROOT / "orchestration" / "defs").glob("*.py")) <= 300


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base"])
def test_no_module_is_named_for_nothing(name: str) -> None:
    assert [path for path in python_files() if name in {path.stem, path.parent.name}] == []


def test_no_tracked_file_names_a_package_index_or_a_home_folder() -> None:
    words = "|".join(("/simple" + "/?$", "pypi" + r"\.org", "index" + "-url", "/ro" + "ot/", "/wo" + "rk/"))
    found = subprocess.run(
        ["git", "grep",  # noqa: S607  # whichever git there is
         "-nIE", words, "--", ".", ":!tests/house/test_tree.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""
