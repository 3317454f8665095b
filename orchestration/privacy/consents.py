"""The proof that somebody had consented outlives him here: the law asks for it for years after the last mail.

What stays is when, to what, and on which form, under a keyed hash: who asks for the proof of one address must
bring the address. It goes three years after the erasure, since no advertising mail can be later than that.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import duckdb

from orchestration.doors.duck import bounded
from orchestration.landing.erasing.handles import hashed, key_of
from orchestration.landing.erasing.spelling import code_of, filled, normalised_mail
from orchestration.landing.mapping.feed import Feed
from orchestration.privacy.whom import Person

TOLD = ("brand_id", "channel", "purpose", "state", "form_version", "source", "changed_at")
KEPT_YEARS = 3


def statements(home: Path, known: tuple[Feed, ...], person: Person, erased_on: date) -> list[dict[str, str]]:
    """What he ever agreed to or took back, as it is to be kept."""
    key, until = key_of(home), _years_after(erased_on)
    found = []
    for row in _rows(home, known):
        mail, member = normalised_mail(row["mail"]), code_of(row["member_id"])
        person_key = f"{filled(row['shop_id'])}:member:{member}" if member else ""
        if mail in person.mails or person_key in person.person_keys:
            who = hashed(key, "mail", mail) if mail else hashed(key, "person", person_key)
            found.append({"who": who, **{name: row[name] for name in TOLD}, "keep_until": until})
    return [dict(pairs) for pairs in sorted({tuple(one.items()) for one in found})]


def _rows(home: Path, known: tuple[Feed, ...]) -> Iterator[Mapping[str, str]]:
    names = ("shop_id", "member_id", "mail", *TOLD)
    for feed in known:
        files = [str(path) for path in (home / "raw" / feed.name).glob("[0-9a-f]*.parquet")]
        if feed.kind == "consents" and files:
            query = f"select distinct {', '.join(names)} from read_parquet($1, union_by_name = true)"
            with duckdb.connect(config=bounded(home, "erasure")) as connection:
                rows = connection.execute(query, [files]).fetchall()
            yield from ({name: cell or "" for name, cell in zip(names, row, strict=True)} for row in rows)


def _years_after(day: date) -> str:
    day = day if (day.month, day.day) != (2, 29) else day.replace(day=28)
    return day.replace(year=day.year + KEPT_YEARS).isoformat()
