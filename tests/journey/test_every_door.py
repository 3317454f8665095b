"""A shop with every channel, night after night, against the demo's truth: what was bought is what is told."""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import truth_by_hand
from shop import ROOT, Outcome, Shop
from truth_by_hand import DAY, OWN_SHOPS, Expected, Row

NIGHTS = tuple(date(2026, 9, 1) + timedelta(days=days) for days in (0, 1, 15, 56))
FIRST, LAST, AFTER = NIGHTS[0], NIGHTS[-1], NIGHTS[-1] + DAY
EVERYWHERE = ("--spread", "--history", "simulated", "--seed", "4", "--channels", "all")
KIND = "case order_kind when 'gift' then 'normal' else order_kind end"  # the truth knows no wish for wrapping
CANARY = "ヒミツ9377"
REBUILD = """
import sys
from orchestration.definitions import definitions
config = {"resources": {"house": {"config": {"as_of": sys.argv[1]}}}}
sys.exit(not definitions().resolve_job_def("rebuild").execute_in_process(run_config=config).success)
"""


@dataclass(frozen=True, kw_only=True)
class Nights:
    """The shop, what the demo wrote, what each day's run said, and the marts that it published."""

    shop: Shop
    rows: Mapping[tuple[str, str], int]
    last_rows: Mapping[tuple[str, str], int]
    outcomes: Mapping[date, Outcome]

    def ask(self, day: date, sql: str) -> list[tuple[object, ...]]:
        """Ask the marts of a day, or with AFTER the warehouse."""
        with duckdb.connect(self.shop.home.parent / f"{day}.duckdb", read_only=True) as reader:
            return reader.execute(sql).fetchall()

    def orders(self) -> list[Row]:
        """All orders that have come in."""
        return truth_by_hand.truth(self.shop.home, "orders")

    def expected(self, as_of: date) -> dict[str, Expected]:
        """What each of them must come to, but for those that a mall may have left open on their evening."""
        nights = [night for night in NIGHTS if night <= as_of]
        staff = {row["number"] for row in truth_by_hand.truth(self.shop.home, "people") if row["is_staff"]}
        return {
            truth_by_hand.key(order): truth_by_hand.expected(order, nights, as_of, staff=staff)
            for order in self.orders()
            if order["ordered_at"].date() < nights[-1] and not truth_by_hand.is_young_somewhere(order, nights)
        }


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """Four nights of exports; the job ran after the first, the last, and on the day after that."""
    shop = Shop(home=tmp_path_factory.mktemp("doors") / "home", customers=2_400, asked=EVERYWHERE)
    rows, outcomes, last = dict[tuple[str, str], int](), dict[date, Outcome](), dict[tuple[str, str], int]()
    for night in (*NIGHTS, AFTER):
        if night != AFTER:
            last = dict(shop.export(night))
            rows |= last
            tell_secrets(shop.home)
        if night in (FIRST, LAST, AFTER):
            outcomes[night] = shop.run(night, carrier="outbox")
            assert outcomes[night].code == 0, outcomes[night].text
            shutil.copy(shop.home / "marts" / "marts.duckdb", shop.home.parent / f"{night}.duckdb")
    return Nights(shop=shop, rows=rows, last_rows=last, outcomes=outcomes)


def tell_secrets(home: Path) -> None:
    """Let Amazon's newest report say more of its buyers than the shop ever asked for."""
    path = max((home / "inbox" / "amazon_orders").glob("*.txt"))
    header, *lines = path.read_bytes().decode("cp932").splitlines()
    names = header.split("\t")
    places = [names.index(name) for name in ("ship-city", "ship-postal-code")]
    told = ["\t".join([*names, "buyer-name", "buyer-phone-number", "buyer-email", "ship-address-1"])]
    for line in lines:
        cells = [CANARY if at in places else cell for at, cell in enumerate(line.split("\t"))]
        told.append("\t".join([*cells, *[CANARY] * 4]))
    path.write_bytes("".join(f"{line}\r\n" for line in told).encode("cp932"))


def test_late_words_of_many_kinds_were_said(nights: Nights) -> None:
    told = nights.ask(AFTER, f"select order_id, event from fct_order_events where known_on > '{FIRST}'")
    said = {(str(order).split(":")[0], event) for order, event in told}
    assert {(shop, "edited") for shop in ("eccube", "rakuten", "yahoo", "amazon")} <= said
    assert {("eccube", "refunded"), ("eccube", "cancelled"), ("eccube", "returned")} <= said
    assert {("shopify", "refunded"), ("shopify", "returned"), ("rakuten", "cancelled")} <= said


@pytest.mark.parametrize("as_of", [FIRST, LAST, AFTER], ids=str)
def test_every_order_is_there_in_its_state_as_its_kind_with_its_yen(nights: Nights, as_of: date) -> None:
    found = {
        row[0]: row[1:]
        for row in nights.ask(
            as_of,
            f"select order_id, order_state, {KIND}, is_valid, goods_yen, m_yen, sales_yen from fct_orders",
        )
    }
    expected = nights.expected(as_of)
    known = {truth_by_hand.key(o) for o in nights.orders() if o["ordered_at"].date() < min(as_of, LAST)}
    assert found.keys() == known
    assert len(expected) > 0.98 * len(known)
    differing = {
        order: (found[order], said)
        for order, one in expected.items()
        if found[order]
        != (said := (one.state, one.kind, one.is_valid, one.goods_yen, one.m_yen, one.sales_yen))
    }
    assert differing == {}


@pytest.mark.parametrize("as_of", [FIRST, LAST, AFTER], ids=str)
def test_every_yen_stands_on_the_day_on_which_it_came_or_went(nights: Nights, as_of: date) -> None:
    expected = nights.expected(as_of)
    found: dict[object, dict[object, object]] = {order: {} for order in expected}
    for order, day, yen in nights.ask(
        as_of,
        "select order_id, happened_on, sum(m_delta_yen)::bigint as yen from fct_order_events"
        " group by all having yen != 0",
    ):
        found.setdefault(order, {})[day] = yen
    differing = {
        order: (found[order], one.m_by_day) for order, one in expected.items() if found[order] != one.m_by_day
    }
    assert differing == {}


def test_kinds_count_as_the_rules_say(nights: Nights) -> None:
    said = nights.ask(
        AFTER,
        "select distinct order_kind, counts_n, counts_m, counts_sales, counts_mail from fct_orders",
    )
    yes, no = True, False
    assert set(said) == {
        ("normal", yes, yes, yes, yes),
        ("gift", yes, yes, yes, yes),
        ("subscription", yes, yes, yes, yes),
        ("trial", yes, yes, yes, yes),
        ("sample", no, yes, yes, no),
        ("staff", no, no, yes, no),
        ("reship", no, no, no, no),
        ("test", no, no, no, no),
    }


def test_every_row_of_every_file_is_accounted_for(nights: Nights) -> None:
    found = nights.ask(
        AFTER,
        "select feed, file_name, verdict, physical, landed, quarantined, blank, rows_found from rpt_landing",
    )
    assert {(feed, name): rest for feed, name, *rest in found} == {
        file: ["let_in", rows, rows, 0, 0, rows] for file, rows in nights.rows.items()
    }


def test_the_run_after_lands_nothing_and_says_so(nights: Nights) -> None:
    assert "nothing new landed" in nights.outcomes[AFTER].text
    assert "nothing new landed" not in nights.outcomes[LAST].text
    assert "REFUSED" not in "".join(one.text for one in nights.outcomes.values())


def test_amazon_has_no_persons_and_nothing_of_theirs_is_kept(nights: Nights) -> None:
    customers = nights.ask(
        AFTER, "select count(*), count(customer_id) from fct_orders where shop_id = 'amazon'"
    )
    assert customers[0][0] == sum(order["shop_id"] == "amazon" for order in nights.orders())
    assert customers[0][1] == 0
    assert [path for path in nights.shop.home.rglob("*") if path.is_file() and tells_secret(path)] == []


def tells_secret(path: Path) -> bool:
    """Whether a file says it, plainly or in the columns of a table."""
    plain = path.read_bytes()
    if any(CANARY.encode(encoding) in plain for encoding in ("utf-8", "cp932", "utf-16-le")):
        return True
    if path.suffix == ".parquet":
        return CANARY in str(pq.read_table(path).to_pydict())
    return path.suffix == ".duckdb" and database_tells(path)


def database_tells(path: Path) -> bool:
    with duckdb.connect(path, read_only=True) as reader:
        tables = reader.execute(
            "select schema_name, table_name from duckdb_tables() where not temporary"
        ).fetchall()
        return any(
            reader.execute(
                f'select count(*) from "{schema}"."{table}" as t where cast(t as varchar) like ?',
                [f"%{CANARY}%"],
            ).fetchall()
            != [(0,)]
            for schema, table in tables
        )


def test_nobody_known_only_from_a_mall_is_written_to(nights: Nights) -> None:
    keys = [row for row in truth_by_hand.truth(nights.shop.home, "keys") if row["key_kind"] == "mail"]
    own = {plain(row["key"]) for row in keys if row["shop_id"] in OWN_SHOPS}
    only_mall = {plain(row["key"]) for row in keys} - own
    files = (nights.shop.home / "candidates").glob("*.parquet")
    written = [plain(mail) for path in files for mail in pq.read_table(path)["mail"].to_pylist()]
    assert len(written) > 5
    assert len(only_mall) > 100
    assert set(written) <= own


def plain(mail: str) -> str:
    """Width and case make no other address."""
    return unicodedata.normalize("NFKC", mail).strip().lower()


def test_contracts_points_and_media_are_staged(nights: Nights) -> None:
    contracts = truth_by_hand.truth(nights.shop.home, "contracts")
    with duckdb.connect(nights.shop.home / "warehouse.duckdb", read_only=True) as warehouse:
        staged = {
            feed: warehouse.execute(f"select count(*) from staging.stg_joren__{feed}").fetchall()[0][0]
            for feed in ("subscriptions", "subscription_changes", "points", "media_costs", "action_costs",
                         "contacts", "stops")
        }  # fmt: skip
        deliveries = warehouse.execute(
            "select subscription_id, deliveries from staging.stg_joren__subscriptions"
        ).fetchall()
        strays = warehouse.execute(
            "select count(*) from staging.stg_joren__order_media anti join marts.fct_orders using (order_id)"
        ).fetchall()
    assert staged == {feed: rows for (feed, _), rows in nights.last_rows.items() if feed in staged}
    assert all(staged.values())
    assert {re.sub(".*:", "", number): n for number, n in deliveries} == {
        row["subscription_id"]: row["deliveries"] for row in contracts
    }
    assert strays == [(0,)]


def test_a_past_day_rebuilt_is_that_day_as_far_as_exports_date_what_they_tell(nights: Nights) -> None:
    shop = nights.shop
    done = subprocess.run(
        [sys.executable, "-c", REBUILD, FIRST.isoformat()],
        cwd=ROOT, env=shop.environ(carrier=""), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    datable = nights.expected(FIRST)
    sql = """
        select order_id, shop_id, order_state, order_kind, is_valid, ordered_at, voided_on, first_seen_on,
            goods_yen, shop_discount_yen, points_used_yen, total_yen, refunded_yen, m_yen, sales_yen
        from {}
    """
    with duckdb.connect(shop.home / "asof" / f"{FIRST}.duckdb", read_only=True) as reader:
        rebuilt = reader.execute(sql.format("marts.fct_orders")).fetchall()
    published = nights.ask(FIRST, sql.format("fct_orders"))
    assert len(published) == len(rebuilt)
    assert {row for row in rebuilt if row[0] in datable} == {row for row in published if row[0] in datable}
    assert Counter(row[1] for row in rebuilt) == Counter(row[1] for row in published)


@pytest.mark.long
def test_the_whole_day_twice_changes_nothing_and_says_so(nights: Nights) -> None:
    shop = nights.shop
    before, mails = shop.hashes(), shop.mails()
    outcome = shop.run(AFTER, carrier="outbox")
    assert outcome.code == 0, outcome.text
    assert "nothing new landed" in outcome.text
    assert "nothing new sent" in outcome.text
    assert (shop.hashes(), shop.mails()) == (before, mails)


@pytest.mark.long
def test_landing_and_ledger_alone_bring_every_table_back(nights: Nights, tmp_path: Path) -> None:
    again = Shop(home=tmp_path, customers=None, asked=EVERYWHERE)
    for precious in ("landing", "ledger"):
        shutil.copytree(nights.shop.home / precious, tmp_path / precious)
    outcome = again.run(AFTER, carrier="outbox")
    assert outcome.code == 0, outcome.text
    assert again.hashes() == nights.shop.hashes()
