"""What shops know people by who have neither a member id nor an address of their own."""

from collections.abc import Mapping
from functools import lru_cache

from orchestration.landing.erasing.spelling import (
    digits_of,
    folded,
    kana_of,
    keyed_hash,
    name_parts,
    phone_of,
    postcode_of,
)

BUYER = (
    "family_name", "given_name", "full_name", "family_kana", "given_kana", "full_kana", "phone", "postcode",
)  # fmt: skip
Row = Mapping[str, str]


def buyer_key(key: str, row: Row, shop: str) -> str:
    """What stands for a buyer without member id and mail (macro `buyer_key_of`), if enough is told."""
    return _buyer_key(key, shop, *(row[name] for name in BUYER))


@lru_cache(maxsize=1 << 12)  # an order's rows say it again and again
def _buyer_key(key: str, shop: str, *told: str) -> str:
    row = dict(zip(BUYER, told, strict=True))
    family, given = name_parts(row["family_name"], row["given_name"], row["full_name"])
    phone, postcode = phone_of(row["phone"]), postcode_of(row["postcode"])
    if not family or not (phone or postcode):
        return ""
    kana = kana_of("".join(name_parts(row["family_kana"], row["given_kana"], row["full_kana"])))
    told_alike = f"{folded(family + given)}|{kana}|{phone}|{postcode}"
    return f"{shop}:buyer:{keyed_hash(key, told_alike)}"


def receiver(name: str, postcode: str) -> str:
    """What a parcel's label says of whom it goes to; nothing where it does not say enough."""
    whole, digits = folded(name).replace(" ", ""), digits_of(postcode)
    return f"{whole}|{postcode_of(postcode)}" if whole and digits else ""
