"""Who may be written to, from files as shops, the office and the mail provider make them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dbt_build import dbt, drop, let_in, reading

from orchestration.home import furnish

NOW = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 4)
BUILD = ["build", "--exclude-resource-type", "unit_test", "--indirect-selection", "buildable"]
MODELS = ["+mail_candidates", "+rpt_mailability", "+rpt_consents_due", "+consents_due_for_deletion"]
HEADER = "会員ID,お名前(姓),メールアドレス,TEL,会員ステータス(ID),登録日,plg_mailmagazine_flg\n"
MEMBER = "{0},姓{0},{1},{2},{3},2023-01-01 00:00:00,{4}\n"
OCTOBER = {  # member: mail, phone, status, flag of the mail magazine
    "agrees": ("agrees@example.com", "", 2, "1"),
    "withdraws": ("withdraws@example.com", "", 2, "1"),
    "never": ("never@example.com", "", 2, "0"),
    "unasked": ("unasked@example.com", "", 2, ""),
    "dead": ("dead@example.com", "", 2, "1"),
    "refuses": ("refuses@example.com", "", 2, "1"),
    "phone": ("phone@example.com", "03-1234-0001", 2, "1"),
    "complains": ("complains@example.com", "", 2, "1"),
    "group": ("group@example.com", "", 2, "1"),
    "bounces": ("bounces@example.com", "", 2, "1"),
    "carrier": ("carrier@docomo.ne.jp", "", 2, "1"),
    "odd": ("odd..dots@docomo.ne.jp", "", 2, "1"),
    "post": ("info@example.com", "", 2, "1"),
    "left": ("left@example.com", "", 2, "1"),
    "erased": ("erased@example.com", "", 2, "1"),
    "asleep": ("asleep@example.com", "", 2, ""),
    "clicks": ("clicks@example.com", "", 2, ""),
}
NOVEMBER = OCTOBER | {
    "withdraws": ("withdraws@example.com", "", 2, "0"),
    "left": ("0@dummy.dummy", "", 3, "1"),
}
CONSENTS = """
shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at
eccube,asleep,asleep@example.com,main,mail,advertising,granted,1,signup,2023-01-01 12:00:00
eccube,clicks,clicks@example.com,main,mail,advertising,granted,1,signup,2023-01-01 12:00:00
eccube,,stranger@example.com,main,mail,advertising,granted,1,signup,2022-01-01 12:00:00
eccube,,stranger@example.com,main,mail,advertising,withdrawn,1,unsubscribe,2022-02-01 12:00:00
"""
STOPS = """
shop_id,brand_id,member_id,mail,phone,scope,reason,since,until
eccube,,dead,,,all,death,2026-11-01,
eccube,,,Refuses@example.com,,mail,refused,2026-11-01,
eccube,,,,0312340001,all,claim,2026-11-01,
eccube,,agrees,,,call,refused,2026-11-01,
"""
EVENTS = """
{"event":"spamreport","email":"complains@example.com","timestamp":1793600000}
{"event":"group_unsubscribe","email":"group@example.com","timestamp":1793600000,"asm_group_id":7}
{"event":"bounce","email":"bounces@example.com","timestamp":1793600000,"type":"bounce"}
{"event":"delivered","email":"bounces@example.com","timestamp":1793600001}
{"event":"bounce","email":"carrier@docomo.ne.jp","timestamp":1793600000,"type":"bounce"}
{"event":"bounce","email":"agrees@example.com","timestamp":1793600000,"type":"blocked"}
{"event":"click","email":"clicks@example.com","timestamp":1793600000,"url":"https://shop.example.com/"}
{"event":"processed","email":"stranger@example.com","timestamp":1700000000}
"""
ORDER = {
    "Id": "1", "Name": "#1", "Email": "buyer@example.com", "Financial Status": "paid",
    "Fulfillment Status": "", "Cancelled at": "", "Created at": "2026-11-01 12:00:00 +0900",
    "Subtotal": "1000", "Currency": "JPY", "Lineitem price": "1000", "Lineitem quantity": "1",
    "Accepts Marketing": "yes",
}  # fmt: skip
STOPPED = {
    "withdraws": "consent_withdrawn", "never": "no_consent", "unasked": "no_consent", "dead": "death",
    "refuses": "refused", "phone": "claim", "complains": "complaint", "group": "provider_group_suppressed",
    "bounces": "hard_bounce", "odd": "refused_form", "post": "role_address", "left": "left_membership",
    "erased": "erased", "asleep": "sunset", "buyer": "no_consent", "agrees": None, "carrier": None,
    "clicks": None,
}  # fmt: skip
ELIGIBILITY = """
select regexp_extract(person_key, '([a-z]+)(@example.com)?$', 1), stopped_by
from intermediate.int_customers_clustered inner join private.mail_eligibility using (customer_id)
where purpose = ?
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    furnish(home)
    for day, members in {"20261002": OCTOBER, "20261103": NOVEMBER}.items():
        rows = [MEMBER.format(name, *cells) for name, cells in members.items()]
        drop(home, "eccube_customers", f"customer_{day}060000.csv", HEADER + "".join(rows))
    drop(home, "consents", "consents_20261104060000.csv", CONSENTS.lstrip())
    drop(home, "stops", "stops_20261104060000.csv", STOPS.lstrip())
    drop(home, "sendgrid_events", "events_20261104060000.ndjson", EVENTS.lstrip())
    drop(
        home,
        "shopify_orders",
        "orders_export_20261104060000.csv",
        "".join(f"{','.join(row)}\n" for row in (ORDER, ORDER.values())),
    )
    let_in(home, NOW)
    erase(home, "erased@example.com")
    run = dbt(home, *BUILD, "--select", *MODELS, as_of=DAY)
    assert run.returncode == 0, run.stdout
    return home


def erase(home: Path, mail: str) -> None:
    key = (home / "ledger" / "customer.key").read_text().strip()
    hashed = sha256(f"{key}{sha256(f'{key}mail:{mail}'.encode()).hexdigest()}".encode()).hexdigest()[:32]
    path = home / "raw" / "_catalogue" / "erasures.parquet"
    row = {"handle_kind": "mail", "handle_hash": hashed, "erased_on": date(2026, 11, 3)}
    pq.write_table(pa.Table.from_pylist([row], pq.read_schema(path)), path)


@pytest.fixture
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading(home) as connection:
        yield connection


def test_each_is_stopped_by_the_first_reason_or_by_none(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert dict(warehouse.execute(ELIGIBILITY, ["advertising"]).fetchall()) == STOPPED


def test_a_notice_asks_for_no_consent(warehouse: duckdb.DuckDBPyConnection) -> None:
    advertising_alone = {"consent_withdrawn", "no_consent", "refused", "provider_group_suppressed", "sunset"}
    found = dict(warehouse.execute(ELIGIBILITY, ["notice"]).fetchall())
    assert found == {
        name: None if reason in advertising_alone else reason for name, reason in STOPPED.items()
    }


def test_what_the_cart_prints_is_a_statement_and_what_an_order_prints_is_none(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        select person_key, consent_state, stated_where, changed_on from intermediate.int_consents_stated
        where person_key similar to '.*(agrees|withdraws|never|unasked|buyer).*' order by all
    """
    assert warehouse.execute(query).fetchall() == [
        ("eccube:member:agrees", "granted", "cart:eccube_customers", date(2026, 10, 2)),
        ("eccube:member:withdraws", "granted", "cart:eccube_customers", date(2026, 10, 2)),
        ("eccube:member:withdraws", "withdrawn", "cart:eccube_customers", date(2026, 11, 3)),
    ]


def test_what_nobody_needs_any_more_is_named_for_deletion(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select brand_id, channel, due_month_on, consents, due from marts.rpt_consents_due order by all"
    assert warehouse.execute(query).fetchall() == [
        ("main", "mail", date(2026, 11, 1), 2, 0),
        ("main", "mail", date(2029, 10, 1), 1, 0),
        ("main", "mail", date(2029, 11, 1), 1, 0),
    ]
    assert warehouse.execute("select count(*) from private.consents_due_for_deletion").fetchall() == [(0,)]


def test_the_report_counts_everybody_once_under_a_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        select first_order_channel, sum(customers)::int from marts.rpt_mailability
        where purpose = 'advertising' and reason in ('mailable', 'no_consent') group by all order by all
    """
    assert warehouse.execute(query).fetchall() == [("none", 5), ("own", 1)]


def test_nobody_at_a_reserved_domain_is_mailable_once_mails_really_leave(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOREN_CARRIER", "sendgrid")
    run = dbt(home, "run", "--select", "int_addresses_judged+,+mail_eligibility", as_of=DAY)
    assert run.returncode == 0, run.stdout
    with reading(home) as connection:
        found = dict(connection.execute(ELIGIBILITY, ["advertising"]).fetchall())
    assert {name for name, reason in found.items() if reason is None} == {"carrier"}
    assert {found["agrees"], found["clicks"]} == {"reserved_domain"}
