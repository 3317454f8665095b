"""What the rows of a feed may tell, by kind: the columns that SQL reads."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

PAGE = Path(__file__).parents[1] / "kinds.yaml"


@lru_cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """Read the canonical columns of each kind, with their meaning, in the order of `kinds.yaml`."""
    content: dict[str, dict[str, str]] = yaml.safe_load(PAGE.read_text("utf-8"))
    return content
