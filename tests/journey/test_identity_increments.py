"""Builds that add to the last one give what a build of everything gives, whatever came and in which order."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from dbt_build import PROJECT, dbt, drop, let_in

from orchestration.publish.basis import building

ORDERS = (
    "Name,Id,Email,Financial Status,Fulfillment Status,Created at,Cancelled at,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Amount,Payment Method,Refunded Amount,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Billing Zip,Billing Province Name,Billing City,"
    "Billing Address1,Billing Phone"
)
MEMBERS = (
    "会員ID,メールアドレス,会員ステータス(ID),登録日,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),郵便番号,"
    "都道府県(名称),住所1,住所2,TEL"
)
FIRST = date(2026, 3, 1)
TABLES = (
    *(f"intermediate.int_{name}" for name in ("person_statements", "match_keys", "persons_matched")),
    *(f"intermediate.int_customers_{name}" for name in ("clustered", "profiled")),
    *(f"marts.{name}" for name in ("fct_customer_merges", "rpt_clusters_refused")),
)
MODELS = ("+int_customers_profiled", "+fct_customer_merges", "+rpt_clusters_refused")


class Town:
    """Few names, telephones and houses, so that many are alike, in two shops, by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a stated history, no secret
        self.numbers = iter(range(1, 10_000))
        self.orders: list[tuple[int, date]] = []

    def person(self) -> tuple[str, str, str, str, str]:
        """Family and given name, mail, telephone, block; some have none of one."""
        one = self.chance.choice
        family, given = one(["山田", "髙橋", "高橋", "佐藤", ""]), one(["花子", "太郎", "次郎", ""])
        mail = f"p{self.chance.randint(1, 12)}@example.com"
        phone = one([f"090-0000-{self.chance.randint(1, 9):04}", "+819000000003", ""])
        return family, given, mail, phone, f"千代田{one('123')}-{one('12')}-1"

    def order(self, number: int, day: date) -> str:
        """A row of orders_export.csv; the same order may be told of somebody else later."""
        family, given, mail, phone, block = self.person()
        state = f"paid,fulfilled,{day} 10:00:00 +0900,,JPY,1000,0,0,1000,0,Credit Card,0,1,Tea,1000,TEA"
        buyer = f"{family} {given},1000001,東京都,千代田区,{block},{phone}"
        return f"#{number},{number},{mail},{state},{buyer}"

    def night(self, day: date, *, late: bool) -> str:
        """New orders, two old ones told again, and with `late` some that are told days after."""
        days = [day] * self.chance.randint(1, 6) + ([day - timedelta(days=5)] * 2 if late else [])
        fresh = [(next(self.numbers), on) for on in days]
        again = self.chance.sample(self.orders, k=min(2, len(self.orders)))
        self.orders += fresh
        return "\n".join([ORDERS, *(self.order(number, on) for number, on in (*fresh, *again)), ""])

    def members(self, day: date) -> str:
        """The whole list of members; each time most have moved, and one a day has registered."""
        return "\n".join([MEMBERS, *(self.member(n) for n in range(1, 4 + (day - FIRST).days)), ""])

    def member(self, number: int) -> str:
        """A row of EC-CUBE's list."""
        family, given, mail, phone, block = self.person()
        registered = f"{FIRST + timedelta(days=number)} 09:00:00"
        cells = (
            number,
            mail,
            2,
            registered,
            family,
            given,
            "",
            "",
            1000001,
            "東京都",
            "千代田区",
            block,
            phone,
        )
        return ",".join(f'"{cell}"' for cell in cells)


def nights(seed: int, count: int) -> Iterator[tuple[date, list[tuple[str, str, str]]]]:
    """What lands on each night: feed, name and content of files, one of them exported long before."""
    town = Town(seed)
    for n in range(count):
        day, morning = FIRST + timedelta(days=n), FIRST + timedelta(days=n + 1)
        sold = town.night(day, late=n % 3 == 2)
        files = [("shopify_orders", f"orders_export_{morning:%Y%m%d}020000.csv", sold)]
        if n % 3:
            exported = day - timedelta(days=2) if n % 3 == 2 else morning
            files.append(("eccube_customers", f"customer_{exported:%Y%m%d}030000.csv", town.members(day)))
        yield morning, files


def build(home: Path, as_of: date, monkeypatch: pytest.MonkeyPatch, *, tested: bool) -> bool:
    """Build who is who, on the last build if that may be; whether it was."""
    with building(home=home, warehouse=home / "warehouse.duckdb", project=PROJECT, as_of=as_of) as adds_to:
        monkeypatch.setenv("JOREN_BASIS", str(adds_to or ""))
        chosen = ["--select", *MODELS, "--indirect-selection", "cautious"]
        left_out = ["--exclude-resource-type", "unit_test", *([] if tested else ["test"])]
        run = dbt(home, "--quiet", "build", *chosen, *left_out, as_of=as_of)
        assert run.returncode == 0, run.stdout
    return adds_to is not None


def contents(home: Path) -> dict[str, object]:
    """Number of rows and sum of their hashes of each table."""
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        count = "select count(*), sum(md5_number_lower(t::varchar)) from {} as t"
        return {name: warehouse.execute(count.format(name)).fetchone() for name in TABLES}


def live(home: Path, seed: int, monkeypatch: pytest.MonkeyPatch, *, compared: set[int]) -> None:
    """Build night by night, and compare with builds of everything."""
    (home / "ledger").mkdir()
    (home / "ledger" / "customer.key").write_text("c0ffee")
    for n, (as_of, files) in enumerate(nights(seed, max(compared) + 1)):
        for feed, name, content in files:
            drop(home, feed, name, content)
        let_in(home, datetime(2026, 6, 1, n, tzinfo=UTC))
        assert build(home, as_of, monkeypatch, tested=n in compared) == (n > 0)
        if n in compared:
            added = contents(home)
            (home / "warehouse.duckdb").rename(home / "added.duckdb")
            assert not build(home, as_of, monkeypatch, tested=False)
            assert contents(home) == added
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.execute("select 1 from marts.fct_customer_merges").fetchone()


def test_night_by_night_gives_what_one_build_of_all_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(tmp_path, 1, monkeypatch, compared={2})


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_on_every_night_of_many_histories_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    live(tmp_path, seed, monkeypatch, compared=set(range(1, 9)))
