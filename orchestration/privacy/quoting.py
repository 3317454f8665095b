"""Texts in SQL that is put together."""

from collections.abc import Iterable
from pathlib import Path


def text(value: str | Path) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    """Texts as a list; nothing for none."""
    return ", ".join(map(text, sorted(values)))
