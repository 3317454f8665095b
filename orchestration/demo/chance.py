"""Chance without a generator: what is drawn depends on the name of the draw alone.

The same customer therefore gets the same face on every machine, in every subset, in every order of drawing.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def draw(sides: int, what: str, number: int) -> int:
    """From 0 up to, not including, `sides`: what chance decides about customer or order `number`."""
    return int.from_bytes(blake2b(f"{what} {number}".encode()).digest()[:8], "big") % sides


def pick(choices: Sequence[T], what: str, number: int) -> T:
    """One of the choices."""
    return choices[draw(len(choices), what, number)]
