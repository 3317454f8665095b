"""Where customers stand, by the models: what stands before them is made of lives."""

from datetime import date, timedelta

import duckdb
from lives import Life, Order
from macros import build, plant
from states_by_hand import State

OPEN = date(9999, 12, 31)
SEEDS = ("state_schemes", "state_rules", "rfm_bands", "rfm_ranks")
MODELS = (
    "int_state_rules_stated", "int_average_orders_fixed", "int_state_cuts", "int_state_rules_resolved",
    "int_brands_scoped", "int_customers_scoped", "int_purchase_days_scoped", "int_spend_scoped",
    "int_lives_cut", "fct_customer_states",
)  # fmt: skip
SHOPS = {"main": "eccube", "other": "shopify"}


def land(warehouse: duckdb.DuckDBPyConnection, lives: list[Life], as_of: date) -> None:
    """What stands before the states, as of a day: orders, events, purchase days, customers."""
    warehouse.execute("""
        create table fct_orders (
            order_id varchar, shop_id varchar, brand_id varchar, customer_id varchar,
            ordered_on date, voided_on date, is_valid boolean, counts_n boolean, counts_m boolean,
            m_yen bigint
        );
        create table fct_order_events
            (order_id varchar, event_number bigint, happened_on date, m_delta_yen bigint);
        create table int_customers_clustered (person_key varchar, customer_id varchar, known_on date);
    """)
    for life in lives:
        for brand, on in life.known.items():
            key = f"{SHOPS[brand]}:member:{life.name}"
            warehouse.execute("insert into int_customers_clustered values (?, ?, ?)", [key, life.name, on])
        for number, order in enumerate(life.orders):
            if order.on < as_of:
                _insert(warehouse, life, f"{life.name} {number}", order, as_of)
    warehouse.execute("""
        create table int_customers_measured as
        select customer_id, min(known_on) as known_on from int_customers_clustered group by customer_id;
        create table int_purchase_days_counted as
        select customer_id, ordered_on as purchased_on, bool_or(is_valid) as is_valid,
            max(coalesce(voided_on, date '9999-12-31')) as counted_until
        from fct_orders where is_valid or voided_on > ordered_on group by customer_id, ordered_on
    """)


def _insert(warehouse: duckdb.DuckDBPyConnection, life: Life, key: str, order: Order, as_of: date) -> None:
    known = as_of - timedelta(days=1)
    is_valid = order.counts(known)
    warehouse.execute(
        "insert into fct_orders values (?, ?, ?, ?, ?, ?, ?, true, true, ?)",
        [key, SHOPS[order.brand], order.brand, life.name, order.on,
         None if is_valid else order.voided_on, is_valid, order.worth(known)],
    )  # fmt: skip
    before = 0
    moved = {order.on, *(on for on, _ in order.refunds), order.voided_on or order.on}
    for number, day in enumerate(sorted(day for day in moved if day < as_of), start=1):
        worth = order.worth(day)
        warehouse.execute(
            "insert into fct_order_events values (?, ?, ?, ?)", [key, number, day, worth - before]
        )
        before = worth


def states_by_models(lives: list[Life], as_of: date) -> State:
    """The state of everybody on every day, with every scheme in use; never two on one."""
    found: State = {}
    with duckdb.connect() as warehouse:
        plant(warehouse, SEEDS)
        warehouse.execute("update state_schemes set is_in_use = true")
        land(warehouse, lives, as_of)
        build(warehouse, MODELS, as_of)
        columns = "scope, scheme, customer_id, state, valid_from, valid_to"
        spans = warehouse.execute(f"select {columns} from fct_customer_states").fetchall()
    for scope, scheme, name, state, start, end in spans:
        assert end in {OPEN, min(end, as_of)}
        for n in range((min(end, as_of) - start).days):
            moment = (scope, scheme, name, start + timedelta(days=n))
            assert moment not in found
            found[moment] = state
    return found
