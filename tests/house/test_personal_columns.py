"""Nothing personal is published: every column of every model is followed to the cells it is made of."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from compiled import PROJECT, Compiled, Node, compile_project
from lineage import HASH, NONE, RAW, Relation, Table, flows

from orchestration.landing.mapping.kinds import kinds, personal_columns

MAIL = frozenset({("orders.mail", RAW)})
SOURCES: dict[Table, Relation] = {
    ("raw", "orders"): {"order_id": NONE, "mail": MAIL, "birthday": frozenset({("orders.birthday", RAW)})},
}
KEY = "(select trim(content) from read_text('home/ledger/customer.key'))"


def tagged(node: Node, column: str, tag: str) -> str:
    """What a column's YAML says under a tag."""
    facts = node["columns"].get(column, {})
    return str(facts.get("config", {}).get("meta", {}).get(tag, ""))


def leaks(nodes: Mapping[Table, Node], known: Mapping[Table, Relation]) -> list[str]:
    """Published columns that are personal or do not say how they were reduced, private ones without tag."""
    found = dict[tuple[str, str], list[str]]()
    for (schema, name), node in nodes.items():
        for column, ways in known[schema, name].items():
            for source, left in sorted(ways):
                is_published = schema == "marts"
                is_said = left in tagged(node, column, "from_pii").split()
                is_tagged = bool(tagged(node, column, "pii")) and not is_published
                if not is_tagged if left == RAW else is_published and not is_said:
                    found.setdefault((f"{schema}.{name}.{column}", left), []).append(source)
    return [f"{column}: {left} of {', '.join(sources)}" for (column, left), sources in found.items()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compile_project(tmp_path_factory.mktemp("compiled"))


def test_no_personal_cell_is_published_and_private_ones_are_tagged(project: Compiled) -> None:
    known = flows(project.sql, project.sources)
    assert leaks(project.models, known) == []
    assert known["private", "mail_candidates"]["mail"] >= {("orders.mail", RAW), ("customers.mail", RAW)}
    reduced = {("marts", "fct_orders", "customer_id"): HASH, ("marts", "dim_customers", "birth_year"): "year"}
    for (schema, name, column), left in reduced.items():
        assert {left for _, left in known[schema, name][column]} == {left}


@pytest.mark.parametrize("column", ["mail", "family_name", "phone", "birthday"])
def test_a_leak_planted_into_the_project_is_found(project: Compiled, column: str) -> None:
    planted: Node = {"schema": "marts", "name": "rpt_planted", "columns": {"best_customer": {}}}
    sql = f"""
        with contacts as (select * from private.customer_contacts)
        select orders.order_id, max_by(contacts.{column}, orders.m_yen) as best_customer
        from marts.fct_orders as orders
        inner join contacts on orders.customer_id = contacts.customer_id group by all
    """
    known = flows({**project.sql, ("marts", "rpt_planted"): sql}, project.sources)
    found = leaks({**project.models, ("marts", "rpt_planted"): planted}, known)
    assert found == [
        f"marts.rpt_planted.best_customer: {RAW} of "
        + ", ".join(source for source, _ in sorted(known["private", "customer_contacts"][column]))
    ]


LEAKS = {
    "as it is": "select mail as x from raw.orders",
    "through a star": "with a as (select * from raw.orders) select * exclude (order_id, birthday) from a",
    "in another": "select 'to ' || lower(coalesce(mail, '')) as x from raw.orders",
    "by a case": "select case when order_id = '1' then mail end as x from raw.orders",
    "over rows": "select lag(mail) over (order by order_id) as x from raw.orders",
    "gathered": "select string_agg(mail, ',') filter (where order_id != '') as x from raw.orders",
    "beside another": "select order_id as x from raw.orders union all select mail as x from raw.orders",
    "by name": "select 1 as y, '' as x from raw.orders union all by name select mail as x from raw.orders",
    "of a query": "select (select max(mail) from raw.orders) as x from raw.orders",
    "unfolded": "select x from (select unnest(string_split(mail, '@')) as x from raw.orders)",
    "hashed for all to guess": "select sha256(mail) as x from raw.orders",
    "a day too many": "select birthday + 1 as x from raw.orders",
}


@pytest.mark.parametrize("sql", LEAKS.values(), ids=LEAKS.keys())
def test_a_personal_cell_is_found_wherever_it_goes(sql: str) -> None:
    known = flows({("intermediate", "a"): sql, ("marts", "b"): "select * from intermediate.a"}, SOURCES)
    said: Node = {"columns": {"x": {"config": {"meta": {"from_pii": "keyed_hash flag year"}}}}}
    found = leaks({("intermediate", "a"): said, ("marts", "b"): said}, known)
    assert [one.split(":")[0].rpartition(".")[0] for one in found] == ["intermediate.a", "marts.b"]


REDUCTIONS = {
    "keyed_hash": f"select left(sha256({KEY} || mail), 32) as x from raw.orders",
    "year": "select cast(extract(year from birthday) as integer) as x from raw.orders",
    "month": "select month(birthday) as x from raw.orders",
    "flag": "select case when mail like '%@example.com' then 'reserved' else 'free' end as x from raw.orders",
    "count": "select count(distinct mail) as x from raw.orders",
}


@pytest.mark.parametrize(("left", "sql"), REDUCTIONS.items(), ids=REDUCTIONS.keys())
def test_what_is_left_of_a_cell_may_be_published_by_its_name_alone(left: str, sql: str) -> None:
    known = flows({("marts", "a"): sql}, SOURCES)

    def found(**meta: str) -> list[str]:
        return leaks({("marts", "a"): {"columns": {"x": {"config": {"meta": meta}}}}}, known)

    assert found(from_pii=f"{left} of it") == []
    assert len(found(from_pii="nothing")) == len(found()) == 1


def test_what_chooses_or_orders_rows_tells_nothing() -> None:
    sql = """
        select order_id, row_number() over (partition by mail order by birthday) as nth
        from raw.orders where mail is not null
    """
    assert flows({("marts", "a"): sql}, SOURCES)["marts", "a"] == {"order_id": NONE, "nth": NONE}


def test_sql_knows_the_columns_that_landing_marks() -> None:
    macro = (Path(PROJECT) / "macros" / "privacy.sql").read_text()
    said = {
        kind: set(re.findall(r"'(\w+)'", columns))
        for kind, columns in re.findall(r"'(\w+)': \[([^]]*)\]", macro)
    }
    assert said == {kind: personal_columns(kind) for kind in kinds() if personal_columns(kind)}
