"""The consent file: who agreed, when, on which form, to what; our own plain format (UTF-8, LF, RFC 4180)."""

from collections.abc import Iterator
from datetime import date, datetime, time

from orchestration.demo.buying.lives import Life

HEADER = "shop_id,member_id,mail,brand_id,channel,purpose,state,form_version,source,changed_at"


def consent_rows(life: Life, *, until: date) -> Iterator[bytes]:
    """A row for each word of this customer before `until`; no field can hold a comma or a quote."""
    midnight = datetime.combine(until, time())
    for consent in life.consents:
        if consent.changed_at < midnight:
            who = f"eccube,{life.person.member_id},{life.person.mail}"
            form = f"{consent.source}-2026-01,{consent.source}"
            row = f"{who},main,mail,advertising,{consent.state},{form},{consent.changed_at}\n"
            yield row.encode()


def header() -> bytes:
    """The header row."""
    return f"{HEADER}\n".encode()
