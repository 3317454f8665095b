"""All ways in which shops have described somebody: in the last build, and in every file that has landed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.landing.erasing.shop_keys import receiver
from orchestration.landing.erasing.spelling import folded, mail_of, name_parts, phone_of, postcode_of

TOLD = (
    "persons", "mail", "phone", "full_name", "family_name", "given_name", "postcode", "city", "address1",
    "address2",
)  # fmt: skip
OF_BUYERS = "persons, mail, phone, '' , family_name, given_name, postcode, '', address1, address2"
OF_MEMBERS = f"'named', {OF_BUYERS.removeprefix('persons, ')}"
SHORTEST_STREET = 5  # characters; less is a town
# As macros code_of and shop_key_of make them.
MEMBER = (
    "shop_id || ':member:' || "
    "regexp_replace(regexp_replace(trim(member_id), '^''', ''), '^gid://[^/]+/[^/]+/', '')"
)
HIS = "where person_key in (select unnest($1))"


@dataclass(frozen=True, kw_only=True)
class Described:
    """How somebody was described, normalised.

    Attributes:
        mails: his addresses; masks of malls are none.
        phones: digits.
        names: full names without blanks.
        places: post codes and addresses.
        receivers: name and post code, as on a parcel's label.
    """

    mails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    receivers: frozenset[str]


def described(
    warehouse: duckdb.DuckDBPyConnection, home: Path, keys: Collection[str], mail: str
) -> Described:
    """Collect it.

    Args:
        warehouse: as last built.
        home: folder of everything Joren keeps.
        keys: his person keys.
        mail: the address that was named, normalised; nothing if it was none.
    """
    rows = [*_built(warehouse, keys), *_landed(warehouse, home, keys)]
    told = [dict(zip(TOLD, ("" if cell is None else cell for cell in row), strict=True)) for row in rows]
    names = {_name(one) for one in told}
    own = {mail_of(one["mail"]) for one in told if one["persons"] != "masked"}
    return Described(
        mails=frozenset({mail, *own} - {""}),
        phones=frozenset({phone_of(one["phone"]) for one in told} - {""}),
        names=frozenset(name for name in names if len(name) > 1),
        places=frozenset(place for one in told for place in _places(one)),
        receivers=frozenset({receiver(_name(one), one["postcode"]) for one in told} - {""}),
    )


def _built(warehouse: duckdb.DuckDBPyConnection, keys: Collection[str]) -> list[tuple[str, ...]]:
    return warehouse.execute(
        f"select {OF_MEMBERS} from staging.stg_shops__customers {HIS}"
        f" union select {OF_BUYERS} from staging.stg_shops__order_buyers {HIS}",
        [[*keys]],
    ).fetchall()


def _landed(
    warehouse: duckdb.DuckDBPyConnection, home: Path, keys: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """What files say of his member ids; a build keeps only the newest of it."""
    for folder in sorted((home / "raw").iterdir()):
        files = [str(path) for path in folder.glob("[0-9a-f]*.parquet")]
        if not files:
            continue
        source = "read_parquet($1, union_by_name = true)"
        columns = {
            row[0] for row in warehouse.execute(f"describe select * from {source}", [files]).fetchall()
        }
        if {"shop_id", "member_id"} <= columns:
            chosen = ", ".join(f"coalesce({name}, '')" if name in columns else "''" for name in TOLD)
            query = f"select distinct {chosen} from {source} where {MEMBER} in (select unnest($2))"
            yield from warehouse.execute(query, [files, [*keys]]).fetchall()


def _name(told: dict[str, str]) -> str:
    return folded("".join(name_parts(told["family_name"], told["given_name"], told["full_name"]))).replace(
        " ", ""
    )


def _places(told: dict[str, str]) -> Iterator[str]:
    """His post code and his street; a prefecture alone says nothing."""
    digits, street = postcode_of(told["postcode"]), folded(told["city"] + told["address1"])
    yield from (digits,) if len(digits) == len("1000001") else ()
    yield from (street.replace(" ", "").replace("-", ""),) if len(street) >= SHORTEST_STREET else ()
