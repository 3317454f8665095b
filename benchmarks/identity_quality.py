"""How well the warehouse knows who is who in the demo shop, level of dirt by level.

Promise at the usual level: precision 0.999, recall 0.95, of pairs of person keys. `ceiling` is what a perfect
reader of the same files would find; `tests/identity_truth.py` says what is counted. With levels as arguments
only these; `--customers N` for another shop than 3,000 people.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from identity_shop import known_shop
from identity_truth import Identity, household_handles, itself, person_handles

from orchestration.demo.people.dirt import Level

HEAD = f"{'':8}{'person keys':>30}{'orders':>20}{'households':>29}"
COLUMNS = (
    f"{'dirt':8}{'pairs':>7}{'precis.':>8}{'recall':>8}{'ceiling':>8}"
    f"{'precis.':>11}{'recall':>8}{'pairs':>8}{'precis.':>8}{'recall':>8}{'ceiling':>8}  wrong merges; shared"
)


def main(levels: Annotated[list[Level] | None, typer.Argument()] = None, customers: int = 3_000) -> None:
    """Build a shop for each level and print a line of it."""
    print(f"{customers:,} people, all channels\n{HEAD}\n{COLUMNS}")
    for dirt in levels or list(Level):
        with tempfile.TemporaryDirectory() as home:
            print(line(dirt, known_shop(Path(home), customers=customers, dirt=dirt)), flush=True)


def line(dirt: Level, found: Identity) -> str:
    """One level's figures."""
    keys, orders, houses = found.of_keys(), found.of_orders(), found.of_households()
    persons, together = (
        found.ceiling(person_handles, itself),
        found.ceiling(household_handles, found.household),
    )
    wrong = ", ".join(f"{rule} {count}" for rule, count in found.wrong_by_rule().most_common()) or "none"
    return (
        f"{dirt.value:8}{keys.true:7,}{keys.precision:8.4f}{keys.recall:8.4f}{persons:8.4f}"
        f"{orders.precision:11.4f}{orders.recall:8.4f}"
        f"{houses.true:8,}{houses.precision:8.4f}{houses.recall:8.4f}{together:8.4f}  {wrong}; {found.shared}"
    )


if __name__ == "__main__":
    typer.run(main)
