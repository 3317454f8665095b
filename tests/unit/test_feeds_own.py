"""Our own plain formats: UTF-8, RFC 4180, the canonical names as header; kinds, columns and doors agree."""

from pathlib import Path

import pytest
import yaml
from feed_files import FEEDS, STAMP, csv_bytes, dropped, read

from orchestration.landing.mapping.catalogue import OURS
from orchestration.landing.mapping.kinds import kinds

OWN = [
    "consents", "media_costs", "order_media", "action_costs", "subscriptions", "subscription_changes",
    "products", "shipments", "refunds", "points", "customer_attributes", "contacts", "stops",
]  # fmt: skip
# What a file must have; whatever else the kind knows may be left out.
NEEDED = {
    "consents": "shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at",
    "media_costs": "brand_id,medium_id,cost_on,cost",
    "order_media": "shop_id,order_id,medium_id,model",
    "action_costs": "brand_id,action,unit_cost",
    "subscriptions": "shop_id,brand_id,subscription_id,member_id,product_code,started_at,state",
    "subscription_changes": "shop_id,subscription_id,change,changed_at",
    "products": "shop_id,product_code",
    "shipments": "shop_id,order_id,shipped_at",
    "refunds": "shop_id,refund_id,order_id,amount,refunded_at",
    "points": "shop_id,member_id,balance",
    "customer_attributes": "shop_id,member_id,attribute,value,valid_from",
    "contacts": "shop_id,contact_id,member_id,medium,direction,contacted_at,result",
    "stops": "shop_id,member_id,mail,scope,reason,since",
}


@pytest.mark.parametrize("name", OWN)
def test_a_plain_format_is_its_kind_with_the_shop_and_the_brand(name: str) -> None:
    feed = FEEDS[name]
    owner = {"shop_id", "brand_id"}
    assert feed.kind == name
    assert {*feed.columns, *feed.constants} == {*kinds()[name], *owner}
    assert yaml.safe_load((OURS / f"{name}.yaml").read_text("utf-8"))["columns"] == {
        column: [column] for column in feed.columns
    }
    assert ",".join(feed.required) == NEEDED[name]
    assert feed.constants == {}


@pytest.mark.parametrize("name", OWN)
def test_a_plain_file_lands_with_every_cell_in_any_order_of_columns(tmp_path: Path, name: str) -> None:
    header = sorted(FEEDS[name].columns)
    cells = [f'{column} 値, "引用"\n二行目' for column in header]
    text = (
        ",".join(header) + "\r\n" + ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"
    )
    for number, bom in enumerate((b"", b"\xef\xbb\xbf")):
        got = read(tmp_path / str(number), name, f"{name}_{STAMP}.csv", bom + text.encode())
        assert [got.rows[0][column] for column in header] == cells
        assert (got.parsed.encoding, got.parsed.unmapped, got.parsed.quarantined) == ("utf-8", (), 0)


@pytest.mark.parametrize("name", OWN)
def test_a_file_with_the_needed_columns_alone_is_enough_and_without_one_of_them_is_refused(
    tmp_path: Path, name: str
) -> None:
    needed = NEEDED[name].split(",")
    row = {column: f"a {column}" for column in needed}
    got = read(tmp_path, name, f"{name}_{STAMP}.csv", csv_bytes(needed, row, encoding="utf-8"))
    assert [got.rows[0][column] for column in needed] == list(row.values())
    assert {got.rows[0][column] for column in FEEDS[name].columns.keys() - row.keys()} <= {None}
    for number, missing in enumerate(needed):
        header = [column for column in needed if column != missing]
        content = csv_bytes(header, row, encoding="utf-8")
        [refusal] = dropped(tmp_path / str(number), name, f"{name}_{STAMP}.csv", content).refused
        assert f"without {missing}" in refusal.message


def test_other_columns_are_kept_beside(tmp_path: Path) -> None:
    row = {"shop_id": "eccube", "product_code": "T-1", "family": "茶", "shelf": "3"}
    got = read(tmp_path, "products", f"products_{STAMP}.csv", csv_bytes(list(row), row, encoding="utf-8"))
    assert (got.rows[0]["family"], got.beside(0)) == ("茶", {"shelf": "3"})


@pytest.mark.parametrize("name", OWN)
def test_a_plain_file_in_cp932_is_refused_and_not_guessed(tmp_path: Path, name: str) -> None:
    needed = NEEDED[name].split(",")
    [refusal] = dropped(
        tmp_path, name, f"{name}_{STAMP}.csv", csv_bytes(needed, dict.fromkeys(needed, "値"))
    ).refused
    assert "utf-8" in refusal.message


@pytest.mark.parametrize("name", ["consents", "stops"])
def test_one_unreadable_row_stops_a_file_that_may_hold_a_refusal(tmp_path: Path, name: str) -> None:
    needed = NEEDED[name].split(",")
    content = csv_bytes(needed, dict.fromkeys(needed, "x"), encoding="utf-8") * 500 + b"a,b\n"
    done = dropped(tmp_path, name, f"{name}_{STAMP}.csv", content)
    assert len(done.refused) == 1
    assert FEEDS[name].threshold.then == "refuse"


@pytest.mark.parametrize("name", sorted(set(OWN) - {"consents", "stops"}))
def test_an_unreadable_row_of_other_files_is_quarantined(tmp_path: Path, name: str) -> None:
    needed = NEEDED[name].split(",")
    content = csv_bytes(needed, dict.fromkeys(needed, "x"), encoding="utf-8") + b"a\n"
    got = read(tmp_path, name, f"{name}_{STAMP}.csv", content)
    assert (got.parsed.landed, got.parsed.quarantined) == (1, 1)
