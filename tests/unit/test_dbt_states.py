"""Every state of every scheme on every day, by the models and by plain loops."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import quantiles

import duckdb
import pytest
from macros import build, plant
from states_by_hand import FIRST, Life, Order, at_limits, at_random, measured, rules, state_of

OPEN = date(9999, 12, 31)
SEEDS = (
    "state_schemes", "state_rules", "rfm_bands", "rfm_ranks", "scorings", "dormant_layers", "dormant_actions",
)  # fmt: skip
MODELS = (
    "int_state_rules_stated", "int_average_orders_fixed", "int_state_cuts", "int_state_rules_resolved",
    "int_brands_scoped", "int_customers_scoped", "int_purchase_days_scoped", "int_spend_scoped",
    "int_lives_cut", "fct_customer_states",
)  # fmt: skip
SHOPS = {"main": "eccube", "other": "shopify"}
LIVES = [*at_limits(), *(at_random(number) for number in range(10))]
DAYS = [FIRST + timedelta(days=n) for n in range(1000)]
State = dict[tuple[str, str, str, date], str]


def land(warehouse: duckdb.DuckDBPyConnection, lives: list[Life], as_of: date) -> None:
    """What stands before the states, as of a day: orders, events, purchase days, customers."""
    warehouse.execute("""
        create table fct_orders (
            order_id varchar, shop_id varchar, brand_id varchar, customer_id varchar, ordered_on date, voided_on date,
            is_valid boolean, counts_n boolean, counts_m boolean, m_yen bigint
        );
        create table fct_order_events (order_id varchar, event_number bigint, happened_on date, m_delta_yen bigint);
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
        [key, SHOPS[order.brand], order.brand, life.name, order.on, None if is_valid else order.voided_on, is_valid,
         order.worth(known)],
    )  # fmt: skip
    before = 0
    moved = {order.on, *(on for on, _ in order.refunds), order.voided_on or order.on}
    for number, day in enumerate(sorted(day for day in moved if day < as_of), start=1):
        worth = order.worth(day)
        warehouse.execute(
            "insert into fct_order_events values (?, ?, ?, ?)", [key, number, day, worth - before]
        )
        before = worth


def averages(lives: list[Life]) -> dict[date, int]:
    """By month: what an order was worth in the twelve months before it, in hundreds of yen."""
    orders = [
        order
        for life in lives
        for order in life.orders
        if order.voided_on is None or order.voided_on > order.on
    ]
    yen, count = Counter[date](), Counter[date]()
    for order in orders:
        days = sorted({order.on, *(on for on, _ in order.refunds), order.voided_on or order.on})
        for before, day in zip([None, *days], days, strict=False):
            yen[day.replace(day=1)] += order.worth(day) - (order.worth(before) if before else 0)
        count[order.on.replace(day=1)] += 1
        if order.voided_on:
            count[order.voided_on.replace(day=1)] -= 1
    found, months = {}, sorted({day.replace(day=1) for day in DAYS})
    for n, month in enumerate(months):
        year = months[max(n - 12, 0) : n]
        orders_then = sum(count[one] for one in year)
        spent, bought = (
            (sum(yen[one] for one in year), orders_then) if orders_then else (yen[month], count[month])
        )
        found[month] = 100 * round(spent / bought / 100) if bought else 0
    return found


def states_by_loops(lives: list[Life], as_of: date) -> State:
    unit, schemes, found = averages(lives), rules(), State()
    for life in lives:
        for scope in ("all", *life.known):
            for day in (day for day in DAYS if life.of(scope)[0] <= day < as_of):
                values = measured(life, scope, day)
                for scheme, listed in schemes.items():
                    unit_yen = unit[day.replace(day=1)] if scheme == "cpm_own_average" else 1
                    found[scope, scheme, life.name, day] = state_of(values, listed, unit_yen)
    return found


def states_by_models(lives: list[Life], as_of: date) -> tuple[State, duckdb.DuckDBPyConnection]:
    warehouse = duckdb.connect()
    plant(warehouse, SEEDS)
    warehouse.execute("update state_schemes set is_in_use = true")
    land(warehouse, lives, as_of)
    build(warehouse, MODELS, as_of)
    spans = warehouse.execute(
        "select scope, scheme, customer_id, state, valid_from, valid_to from fct_customer_states"
    )
    found: State = {}
    for scope, scheme, name, state, start, end in spans.fetchall():
        assert end in {OPEN, min(end, as_of)}
        for n in range((min(end, as_of) - start).days):
            moment = (scope, scheme, name, start + timedelta(days=n))
            assert moment not in found
            found[moment] = state
    return found, warehouse


@pytest.fixture(scope="module")
def built() -> Iterator[tuple[State, duckdb.DuckDBPyConnection]]:
    found, warehouse = states_by_models(LIVES, DAYS[-1])
    with warehouse:
        yield found, warehouse


Built = tuple[State, duckdb.DuckDBPyConnection]


def test_on_every_day_everybody_stands_in_the_one_state_that_plain_loops_find(built: Built) -> None:
    expected = states_by_loops(LIVES, DAYS[-1])
    assert {
        key: (state, built[0].get(key)) for key, state in expected.items() if built[0].get(key) != state
    } == {}
    assert built[0].keys() == expected.keys()
    missing = {(scheme, rule.state) for scheme, listed in rules().items() for rule in listed} - {
        (scheme, state) for (_, scheme, _, _), state in expected.items()
    }
    assert {scheme for scheme, _ in missing} <= {"cpm_own_average"}


def test_a_day_of_the_past_is_what_it_was_when_it_was_today(built: Built) -> None:
    then, warehouse = states_by_models(LIVES, DAYS[500])
    warehouse.close()
    assert then == {key: state for key, state in built[0].items() if key[3] < DAYS[500]}


def test_best_and_lost_are_the_same_people_in_two_schemes_and_new_by_rfm_is_new_by_lifecycle(
    built: Built,
) -> None:
    for (scope, scheme, name, day), rank in built[0].items():
        if scheme == "rfm":
            stage = built[0][scope, "lifecycle", name, day]
            assert (rank == "best") == (stage == "best")
            assert (rank == "lost") == (stage == "lost")
            assert rank != "new" or stage == "new"
