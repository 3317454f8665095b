"""Everything that a person is known by, from a customer id, an alias or a mail address."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.landing.erasing.spelling import mail_of
from orchestration.privacy.described import HIS, Described, described

SHARED = 5  # an address told of more people than this is nobody's own: a shop's stand-in, a mall's mask


class UnknownPersonError(LookupError):
    """Nobody is known by that name; says what was looked for and where."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """What somebody is known by; all of it personal.

    Attributes:
        customer_ids: the customer's id and all aliases.
        person_keys: the shops' handles on him.
        order_keys: `<shop>:order:<id>`.
        described: how he was described.
        shared: addresses among his that are nobody's own, and so no handles.
    """

    customer_ids: frozenset[str]
    person_keys: frozenset[str]
    order_keys: frozenset[str]
    described: Described
    shared: frozenset[str]

    @property
    def mails(self) -> frozenset[str]:
        """His own addresses."""
        return self.described.mails - self.shared


def find(home: Path, *, customer: str, mail: str) -> Person:
    """Find somebody; a mail address needs to be known nowhere.

    Raises:
        UnknownPersonError: for a customer id that the warehouse does not know, an address that is nobody's
            own, or a warehouse that cannot tell.
    """
    file = home / "warehouse.duckdb"
    if mail and not file.exists():
        return _stranger(mail)
    try:
        with duckdb.connect(file, read_only=True) as warehouse:
            return _found(warehouse, home, customer, mail_of(mail))
    except (duckdb.IOException, duckdb.CatalogException) as error:
        raise UnknownPersonError(
            f"{file.name}: not there, or not built to its end, and it alone knows people. Run the daily job."
        ) from error


def _found(warehouse: duckdb.DuckDBPyConnection, home: Path, customer: str, mail: str) -> Person:
    keys = _keys_of_customer(warehouse, customer) if customer else _keys_of_mail(warehouse, mail)
    if customer and not keys:
        raise UnknownPersonError(
            f"{customer}: no customer id or alias of the last build. Look it up, or name a mail address."
        )
    person = _person(warehouse, home, keys, mail)
    if mail in person.shared:
        raise UnknownPersonError(
            f"--mail: told of more than {SHARED} customers, so it is nobody's own. Name one by --customer."
        )
    return person


def _stranger(mail: str) -> Person:
    nobody = frozenset[str]()
    only = Described(
        mails=frozenset({mail_of(mail)}), phones=nobody, names=nobody, places=nobody, receivers=nobody
    )
    return Person(customer_ids=nobody, person_keys=nobody, order_keys=nobody, described=only, shared=nobody)


def _keys_of_customer(warehouse: duckdb.DuckDBPyConnection, customer: str) -> list[str]:
    rows = warehouse.execute(
        "select person_key from intermediate.int_customers_clustered where customer_id in ("
        "select customer_id from intermediate.int_customers_clustered where $1 in (customer_id, alias_id))",
        [customer],
    ).fetchall()
    return [key for (key,) in rows]


def _keys_of_mail(warehouse: duckdb.DuckDBPyConnection, mail: str) -> list[str]:
    rows = warehouse.execute(
        "select distinct clustered.person_key from intermediate.int_customers_clustered as clustered"
        " inner join intermediate.int_customers_clustered as same using (customer_id)"
        " where same.person_key in ("
        "select person_key from staging.stg_shops__customers where mail = $1"
        " union select person_key from staging.stg_shops__order_buyers where mail = $1)",
        [mail],
    ).fetchall()
    return [key for (key,) in rows]


def _person(warehouse: duckdb.DuckDBPyConnection, home: Path, keys: Collection[str], mail: str) -> Person:
    ids = warehouse.execute(
        f"select customer_id, alias_id from intermediate.int_customers_clustered {HIS}",
        [[*keys]],
    ).fetchall()
    orders = warehouse.execute(
        f"select distinct order_id from staging.stg_shops__order_buyers {HIS}",
        [[*keys]],
    ).fetchall()
    told = described(warehouse, home, keys, mail)
    return Person(
        customer_ids=frozenset(one for pair in ids for one in pair),
        person_keys=frozenset(keys),
        order_keys=frozenset(order for (order,) in orders),
        described=told,
        shared=frozenset(_shared(warehouse, told.mails)),
    )


def _shared(warehouse: duckdb.DuckDBPyConnection, mails: Collection[str]) -> Iterator[str]:
    rows = warehouse.execute(
        "select mail from (select mail, person_key from staging.stg_shops__customers"
        " union select mail, person_key from staging.stg_shops__order_buyers) as told"
        " inner join intermediate.int_customers_clustered using (person_key)"
        " where mail in (select unnest($1)) group by mail having count(distinct customer_id) > $2",
        [[*mails], SHARED],
    ).fetchall()
    yield from (mail for (mail,) in rows)
