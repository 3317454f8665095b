"""A town in which many are alike: what its shops, its office and the mail provider export, night by night."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

ORDERS = (
    "Name,Id,Email,Financial Status,Fulfillment Status,Created at,Cancelled at,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Amount,Payment Method,Refunded Amount,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Billing Zip,Billing Province Name,Billing City,"
    "Billing Address1,Billing Phone"
)
MEMBERS = (
    "会員ID,メールアドレス,会員ステータス(ID),登録日,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),郵便番号,"
    "都道府県(名称),住所1,住所2,TEL,plg_mailmagazine_flg"
)
CONSENTS = "shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at"
STOPS = "shop_id,brand_id,member_id,mail,phone,scope,reason,since,until"
FIRST = date(2026, 3, 1)


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
        """A row of EC-CUBE's list; every second one registered a year ago, so that silence counts."""
        family, given, mail, phone, block = self.person()
        registered = FIRST + timedelta(days=number - 366 * (number % 2))
        status, flag = self.chance.choice("2223"), self.chance.choice(["1", "1", "0", ""])
        name = (family, given, "", "", 1000001, "東京都", "千代田区", block, phone, flag)
        return ",".join(f'"{cell}"' for cell in (number, mail, status, f"{registered} 09:00:00", *name))

    def handle(self) -> tuple[str, str]:
        """A member's number or nobody's, and a mail address."""
        return self.chance.choice(["", "", *"1234"]), f"p{self.chance.randint(1, 12)}@example.com"

    def consents(self, days: list[date]) -> str:
        """Statements of some days, some of which have been told before."""
        rows = [
            f"eccube,{','.join(self.handle())},main,mail,advertising,{state},1,signup,{day} 1{n}:00:00"
            for day in days
            for n, state in enumerate(self.chance.sample(["granted", "granted", "withdrawn"], k=2))
        ]
        return "\n".join([CONSENTS, *rows, ""])

    def stops(self, day: date) -> str:
        """Somebody who wants no mail from the next day on, for ever or some days; also by telephone alone."""
        member, mail = self.handle()
        phone = f"090-0000-{self.chance.randint(1, 9):04}"
        whom = self.chance.choice([f"{member},{mail},", f",,{phone}", f",{mail},"])
        until = self.chance.choice(["", str(day + timedelta(days=self.chance.randint(1, 3)))])
        return f"{STOPS}\neccube,,{whom},mail,refused,{day + timedelta(days=1)},{until}\n"

    def events(self, days: list[date]) -> str:
        """What became of mails; deliveries and clicks of a message may come on different nights."""
        told = [
            "delivered",
            "click",
            "click",
            "bounce",
            "spamreport",
            "group_unsubscribe",
            "group_resubscribe",
        ]
        rows = [
            {
                "event": self.chance.choice(told),
                "email": f"p{self.chance.randint(1, 12)}@example.com",
                "timestamp": int(datetime.combine(day, time(3, 0, n), UTC).timestamp()),
                "joren_token": f"t{self.chance.randint(1, 9)}",
                "asm_group_id": 7,
                "type": "bounce",
            }
            for day in days
            for n in range(3)
        ]
        return "".join(f"{json.dumps(row)}\n" for row in rows)


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
        days = [day, morning] if n % 3 else [day - timedelta(days=4), day]
        files.append(("consents", f"consents_{morning:%Y%m%d}040000.csv", town.consents(days)))
        files.append(("stops", f"stops_{morning:%Y%m%d}040000.csv", town.stops(day)))
        files.append(("sendgrid_events", f"events_{morning:%Y%m%d}040000.ndjson", town.events(days)))
        yield morning, files
