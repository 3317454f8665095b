"""What shops know people by who have neither a member id nor an address of their own."""

from collections.abc import Mapping
from functools import lru_cache

from orchestration.landing.erasing.spelling import (
    digits_in,
    kana_fold,
    keyed_hash,
    letters_of,
    name_part,
    phone_of,
    postcode_of,
    with_narrow_digits,
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
    family = name_part(row["family_name"], row["full_name"], "family")
    given = name_part(row["given_name"], row["full_name"], "given")
    phone, postcode = phone_of(row["phone"]), postcode_of(row["postcode"])
    if not family or not (phone or postcode):
        return ""
    kana = name_part(row["family_kana"], row["full_kana"], "family")
    kana += name_part(row["given_kana"], row["full_kana"], "given")
    told_alike = f"{letters_of(family + given)}|{kana_fold(kana)}|{phone}|{postcode}"
    return f"{shop}:buyer:{keyed_hash(key, told_alike)}"


def receiver(name: str, postcode: str) -> str:
    """What a parcel's label says of whom it goes to; nothing where it does not say enough."""
    whole = letters_of(name).replace(" ", "")
    digits = postcode_of(postcode) or digits_in(with_narrow_digits(postcode))
    return f"{whole}|{digits}" if whole and digits else ""
