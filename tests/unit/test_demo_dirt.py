"""How dirty the demo's people are: as much as the level says, and never somebody else."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from demo_shop import DAY, FIRST_NIGHT, Row, night, records, simulated, text
from typer.testing import CliRunner

from orchestration.demo.__main__ import app
from orchestration.demo.buying.histories import Cast, Source
from orchestration.demo.buying.stories import Story, stories
from orchestration.demo.people.dirt import RATES, Level, level
from orchestration.demo.people.forms import COMPANIES, Form, account, at_till
from orchestration.demo.people.households import at_home, head
from orchestration.demo.people.pen import Pen
from orchestration.demo.people.person import Person, gender_of
from orchestration.demo.people.spelling import DUMMY_PHONE
from orchestration.demo.writing.arrivals import Written
from orchestration.demo.writing.channels import Channel, shops
from orchestration.demo.writing.plan import recall

BEGIN = date(2026, 1, 1)
PEOPLE = range(1, 2001)
FILTHY = RATES[Level.FILTHY]
A_YEAR_ON = BEGIN + timedelta(days=365)
SHOPS = ("eccube", "shopify", "rakuten", "yahoo")


def pens(dirt: Level) -> list[Pen]:
    return [Pen(person=at_home(n, year=2026), rates=RATES[dirt], begin=BEGIN) for n in PEOPLE]


CLEAN_PENS, FILTHY_PENS = pens(Level.CLEAN), pens(Level.FILTHY)


def forms(day: date) -> list[Form]:
    return [Form(shop=shop, nth=nth, day=day) for shop in SHOPS for nth in (0, 1)]


def test_clean_people_write_themselves_the_same_everywhere_for_ever() -> None:
    for pen in CLEAN_PENS:
        for form in forms(BEGIN + timedelta(days=3000)):
            assert pen.written(form) == pen.meant(form) == pen.person
            assert pen.mail(form) == pen.person.mail
            assert pen.full_name(form) == f"{pen.person.family_name} {pen.person.given_name}"
        assert pen.friend(pen.person.number, BEGIN) is None


def test_every_rate_grows_from_level_to_level() -> None:
    names = FILTHY.__slots__
    for name in names:
        clean, usual, dirty, filthy = (getattr(RATES[one], name) for one in Level)
        assert clean == 0 < usual <= dirty <= filthy <= 1000


YAHOO, LATER = account("yahoo", BEGIN), account("yahoo", A_YEAR_ON)


def differs(part: str) -> Callable[[Pen], bool]:
    return lambda pen: getattr(pen.meant(YAHOO), part) != getattr(pen.meant(LATER), part)


def slipped(part: str) -> Callable[[Pen], bool]:
    return lambda pen: getattr(pen.meant(YAHOO), part) != getattr(pen.person, part)


SHARES = {
    "moves": (180, differs("address1")),
    "new_phone": (120 * 0.74, differs("phone")),
    "marries": (60 * 0.5 * 0.98, differs("family_name")),
    "second_mail": (250, lambda pen: "+shop@" in pen.mail(YAHOO)),
    "name_slip": (40, lambda pen: slipped("family_name")(pen) or slipped("given_name")(pen)),
    "kana_slip": (60, slipped("given_kana")),
    "mail_slip": (40, lambda pen: not letters_of(pen.mail(YAHOO)) <= own_letters(pen)),
    "no_phone": (250 * 0.94 + 60, lambda pen: not pen.meant(YAHOO).phone),
    "dummy_phone": (60, lambda pen: pen.written(YAHOO).phone == DUMMY_PHONE),
    "kana_name": (60 * 0.9, lambda pen: in_kana(pen.written(YAHOO)) and not in_kana(pen.person)),
    "one_cell": (60, lambda pen: not pen.written(YAHOO).given_name),
    "company": (50, lambda pen: pen.written(YAHOO).family_name.startswith(COMPANIES)),
    "gift": (60, lambda pen: pen.friend(pen.person.number, BEGIN) is not None),
}  # fmt: skip


def in_kana(face: Person) -> bool:
    return re.fullmatch("[ぁ-ん]+", face.given_name) is not None


def letters_of(mail: str) -> set[str]:
    return {mail.partition("@")[0].removesuffix("+shop").rpartition(".")[0].lower()}


def own_letters(pen: Pen) -> set[str]:
    """His own and the head's, as they are."""
    house = at_home(head(pen.person.number), year=2026)
    return letters_of(pen.person.mail) | letters_of(house.mail)


@pytest.mark.parametrize("name", SHARES)
def test_it_happens_as_often_as_the_table_says(name: str) -> None:
    of_1000, happens = SHARES[name]
    found = sum(map(happens, FILTHY_PENS)) / len(FILTHY_PENS)
    expected = of_1000 / 1000
    assert abs(found - expected) < 4 * (expected * (1 - expected) / len(FILTHY_PENS)) ** 0.5


def test_names_change_places_in_a_few_forms_together_with_their_kana() -> None:
    form = account("rakuten", BEGIN)
    turned = [
        pen
        for pen in FILTHY_PENS
        if pen.meant(form).family_kana != pen.meant(form).given_kana
        and replace(pen, rates=replace(FILTHY, forms=0)).written(form).family_kana
        == pen.meant(form).given_kana
    ]
    assert 0.015 < len(turned) / len(FILTHY_PENS) < 0.05


def test_nobody_ever_writes_an_address_or_a_number_of_somebody_outside_his_house() -> None:
    owners = {pen.person.phone: head(pen.person.number) for pen in FILTHY_PENS}
    for pen in FILTHY_PENS:
        number = pen.person.number
        house = {number, head(number)}
        for form in (*forms(BEGIN), *forms(A_YEAR_ON), at_till("eccube", 77, BEGIN, is_guest=True)):
            assert owners.get(pen.meant(form).phone, head(number)) == head(number)
            (whose,) = re.findall(r"\.(\d{5})(?:\+shop|\+Shop)?@example\.com$", pen.mail(form))
            assert int(whose) in house


def test_a_house_moves_as_one_and_marriage_leaves_the_mail_address() -> None:
    for pen in FILTHY_PENS:
        host = FILTHY_PENS[head(pen.person.number) - 1]
        one, other = (
            replace(one, rates=replace(FILTHY, phone_slip=0)).meant(account("shopify", A_YEAR_ON))
            for one in (pen, host)
        )
        assert one.address1 == other.address1
        assert pen.mail(account("eccube", A_YEAR_ON)) == pen.person.mail
    married = [pen for pen in FILTHY_PENS if differs("family_name")(pen)]
    assert {gender_of(pen.person.number) for pen in married} == {"2"}


@pytest.fixture(scope="module")
def told() -> list[Story]:
    cast = Cast(
        source=Source.SIMULATED, customers=2500, days=300, seed=5, begin=BEGIN, anchor=None, dirt=Level.FILTHY
    )
    return list(stories(cast, shops(tuple(Channel))))


def test_some_have_the_name_of_somebody_else_in_their_town(told: list[Story]) -> None:
    names = Counter((one.person.family_name + one.person.given_name, one.person.address1) for one in told)
    assert 0.01 < sum(count == 2 for count in names.values()) / len(told) < 0.04
    assert len({one.person.mail for one in told}) == len(told)


def test_some_guests_become_members_with_their_second_order(told: list[Story]) -> None:
    lives = [story.lives[0] for story in told if story.person.is_guest and story.lives]
    late = [life for life in lives if life.joined_at]
    coming_back = [life for life in lives if len(life.orders) > 1]
    assert 0.2 < len(late) / len(coming_back) < 0.4
    for life in late:
        assert [life.is_member_at(order.ordered_at) for order in life.orders][:2] == [False, True]
        assert life.person.member_id


def test_a_late_members_first_orders_carry_no_number_and_his_account_counts_none_of_them(
    tmp_path: Path,
) -> None:
    plan = simulated(customers=1000, dirt=Level.FILTHY, channels=frozenset({Channel.ECCUBE}))
    files = night(tmp_path, plan, FIRST_NIGHT + 500 * DAY)
    orders, accounts = (parsed(files[feed][0]) for feed in ("eccube_orders", "eccube_customers"))
    members = {row["メールアドレス"]: row for row in accounts}
    numbers: dict[str, set[tuple[str, str]]] = {}
    for row in orders:
        numbers.setdefault(row["メールアドレス"], set()).add((row["会員ID"], row["注文ID"]))
    late = [mail for mail in members if any(not number for number, _ in numbers.get(mail, ()))]
    assert len(late) > 5
    for mail in late:
        as_member = [order for number, order in numbers[mail] if number]
        assert int(members[mail]["購入回数"]) <= len(as_member) < len(numbers[mail])


def parsed(file: Written) -> list[Row]:
    header, *rows = records(text(file, "cp932"))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_smaller_filthy_shop_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    small, large = (
        night(tmp_path / str(count), simulated(customers=count, dirt=Level.FILTHY), FIRST_NIGHT)
        for count in (150, 200)
    )
    for feed in ("eccube_orders", "eccube_customers", "shopify_orders", "rakuten_orders", "yahoo_orders"):
        begun, whole = (files[feed][0].path.read_bytes() for files in (small, large))
        assert whole.startswith(begun)


def test_a_level_has_a_name_and_a_number() -> None:
    assert [level(text) for text in ("0", "usual", "2", "filthy")] == list(Level)
    with pytest.raises(ValueError, match="4"):
        level("4")


def run(home: Path, *arguments: str) -> Result:
    words = ["--history", "simulated", "--customers", "8", "--home", str(home)]
    return CliRunner().invoke(app, [*words, *arguments])


def test_a_shop_stays_as_dirty_as_it_was_begun(tmp_path: Path) -> None:
    assert run(tmp_path, "--dirt", "filthy", "--until", "2026-11-21").exit_code == 0
    assert run(tmp_path, "--until", "2026-11-22").exit_code == 0
    kept = recall(tmp_path)
    assert kept is not None
    assert kept.plan.dirt is Level.FILTHY
    other = run(tmp_path, "--dirt", "0", "--until", "2026-11-23")
    assert (other.exit_code, "choose another home" in other.output) == (1, True)


def test_an_unknown_level_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    said = run(tmp_path, "--dirt", "muddy")
    assert (said.exit_code, "muddy" in said.output, "filthy" in said.output) == (1, True, True)


def test_cdnow_through_eccube_alone_is_never_soiled(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["--customers", "5", "--dirt", "1", "--home", str(tmp_path)])
    assert (said.exit_code, "--channels" in said.output, (tmp_path / "inbox").exists()) == (1, True, False)
