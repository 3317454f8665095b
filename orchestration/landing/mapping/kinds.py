"""What the rows of a feed may tell, by kind: the columns that SQL reads, and which of them are personal."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

PAGE = Path(__file__).parents[1] / "kinds.yaml"


class Personal(str):
    """The meaning of a column that names somebody, or in which people write what they like."""

    __slots__ = ()


@lru_cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """Read the canonical columns of each kind, with their meaning, in the order of `kinds.yaml`."""
    content: dict[str, dict[str, str]] = yaml.load(PAGE.read_text("utf-8"), _Meanings)  # noqa: S506  # a SafeLoader
    return content


def personal_columns(kind: str) -> frozenset[str]:
    """Name the columns of a kind that are marked `!personal`."""
    return frozenset(name for name, meaning in kinds()[kind].items() if isinstance(meaning, Personal))


class _Meanings(yaml.SafeLoader):
    """YAML with the mark `!personal`."""


def _personal(loader: _Meanings, node: yaml.ScalarNode) -> Personal:
    return Personal(loader.construct_scalar(node))


_Meanings.add_constructor("!personal", _personal)
