"""How well a warehouse knows who is who, by the demo's truth: pairs that belong together, pairs put together.

A pair is two person keys, or two orders: of one true person, and in one customer. Precision is the share
of the pairs put together that belong together, recall the share of those that belong together that were.
The ceiling is the recall of a perfect reader: it joins what the same person told with the same mail
address, or with the same full name (or kana) and the same telephone number or address. Who told none of it
twice counts too. Not counted: testers, who are nobody, and Amazon's orders, which name nobody.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """How many pairs belong together, were put together, and both."""

    true: int
    said: int
    both: int

    @property
    def precision(self) -> float:
        """1 where nothing was put together: nothing is wrong then."""
        return self.both / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """1 where there is nothing to find."""
        return self.both / self.true if self.true else 1.0


def pairs(labels: Iterable[tuple[Hashable, Hashable]]) -> Pairs:
    """From (who it truly is, who it is said to be) of each thing; None joins nothing."""
    counted = Counter(labels)
    true, said = Counter[Hashable](), Counter[Hashable]()
    for (one, other), count in counted.items():
        true[one] += count
        if other is not None:
            said[other] += count
    both = (count for (_, other), count in counted.items() if other is not None)
    return Pairs(true=_within(true.values()), said=_within(said.values()), both=_within(both))


def _within(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)


def connected(members: Iterable[tuple[Hashable, Iterable[Hashable]]]) -> dict[Hashable, Hashable]:
    """A name of the group of each thing: things that share a handle, directly or through others, share it."""
    leader: dict[Hashable, Hashable] = {}

    def lead(one: Hashable) -> Hashable:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    things = list[Hashable]()
    for thing, handles in members:
        things.append(thing)
        for handle in handles:
            leader[lead(("handle", handle))] = lead(("thing", thing))
    return {thing: lead(("thing", thing)) for thing in things}


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a warehouse says, and the truth beside it.

    Attributes:
        customers: customer of each person key.
        households: household of each person key; empty where the warehouse knows none.
        key_of_order: person key of each order that has one.
        merges: of each alias that was merged: its key, the key that it matched, and by which rule.
        faces: what was truly meant by each order and account.
    """

    customers: Mapping[str, str]
    households: Mapping[str, str]
    key_of_order: Mapping[str, str]
    merges: tuple[tuple[str, str, str], ...]
    faces: tuple[Row, ...]
    household_of: Mapping[int, int]

    @cached_property
    def told(self) -> tuple[tuple[str | None, Row], ...]:
        """Each face with the person key under which it is known."""
        return tuple((key, face) for face in self.faces if (key := self._key(face)) or is_order(face))

    def _key(self, face: Row) -> str | None:
        if is_order(face):
            return self.key_of_order.get(f"{face['shop_id']}:order:{face['key']}")
        key = f"{face['shop_id']}:member:{face['key']}"
        return key if key in self.customers else None

    @cached_property
    def person_of(self) -> dict[str, int]:
        """The true person of each key: of several (a family's address) the one whom most tellings mean."""
        votes: dict[str, Counter[int]] = {}
        for key, face in self.told:
            if key is not None:
                votes.setdefault(key, Counter())[face["number"]] += 1
        return {key: min(found, key=lambda n: (-found[n], n)) for key, found in votes.items()}

    @cached_property
    def shared(self) -> int:
        """Keys under which several people wrote: no rule can part them."""
        people: dict[str, set[int]] = {}
        for key, face in self.told:
            if key is not None:
                people.setdefault(key, set()).add(face["number"])
        return sum(len(numbers) > 1 for numbers in people.values())

    def of_keys(self) -> Pairs:
        """Person keys."""
        return pairs((number, self.customers[key]) for key, number in self.person_of.items())

    def of_orders(self) -> Pairs:
        """Orders of shops that name buyers; one without a person key is in no customer."""
        return pairs(
            (face["number"], None if key is None else self.customers[key])
            for key, face in self.told
            if is_order(face)
        )

    def of_households(self) -> Pairs:
        """Person keys by the house that their people live in."""
        return pairs((self.household_of[n], self.households.get(key)) for key, n in self.person_of.items())

    def household(self, number: int) -> int:
        """The house in which a person truly lives."""
        return self.household_of[number]

    def ceiling(self, handles: Callable[[Row], Iterator[Hashable]], who: Callable[[int], int]) -> float:
        """The share of true pairs of keys that handles connect within a person, or a household."""
        groups = connected(
            (key, [(who(face["number"]), handle) for handle in handles(face)])
            for key, face in self.told
            if key is not None and face["number"] == self.person_of[key]
        )
        return pairs((who(number), groups[key]) for key, number in self.person_of.items()).recall

    def wrong_by_rule(self) -> Counter[str]:
        """Merges of two people, by the rule that made them."""
        return Counter(rule for one, other, rule in self.merges if self._differ(one, other))

    def _differ(self, one: str, other: str) -> bool:
        known = self.person_of.keys() >= {one, other}
        return known and self.person_of[one] != self.person_of[other]


def itself(number: int) -> int:
    """A person, where households are not asked for."""
    return number


def is_order(face: Row) -> bool:
    """Whether it stands in an order, not in an account."""
    return bool(face["key_kind"] == "order")


def person_handles(face: Row) -> Iterator[Hashable]:
    """By what a perfect reader knows a person again."""
    if face["mail"]:
        yield ("mail", face["mail"])
    for name in ("name", "kana"):
        if face["phone"]:
            yield ("phone", face["phone"], face[name])
        yield ("address", face["address"], face[name])


def household_handles(face: Row) -> Iterator[Hashable]:
    """By what a perfect reader knows a household."""
    yield from person_handles(face)
    if face["phone"]:
        yield ("phone", face["phone"], face["family_name"])
    yield ("address", face["address"], face["family_name"])


def identity(home: Path) -> Identity:
    """Read a home whose warehouse is built and whose demo has told the truth."""
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        keys = _rows(warehouse, "from intermediate.int_customers_clustered")
        orders = _rows(warehouse, "from intermediate.int_orders_judged where person_key is not null")
        there = _rows(warehouse, "from duckdb_tables() where table_name = 'fct_customer_merges'")
        merges = _rows(warehouse, "from marts.fct_customer_merges") if there else []
    key_of = {row["alias_id"]: row["person_key"] for row in keys}
    return Identity(
        customers={row["person_key"]: row["customer_id"] for row in keys},
        households={row["person_key"]: row["household_id"] for row in keys if "household_id" in row},
        key_of_order={row["order_id"]: row["person_key"] for row in orders},
        merges=tuple((key_of[m["alias_id"]], key_of[m["matched_alias_id"]], m["rule"]) for m in merges),
        faces=tuple(_truth(home, "faces")),
        household_of={row["number"]: row["household"] for row in _truth(home, "people")},
    )


def _rows(warehouse: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    found = warehouse.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _truth(home: Path, table: str) -> list[Row]:
    rows: list[Row] = pq.read_table(home / "demo_truth" / f"{table}.parquet").to_pylist()
    return rows
