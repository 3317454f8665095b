"""The list of erasures: keyed hashes of the handles of those who asked to be forgotten, for ever.

`ledger/erasures.json` is precious and small; without `ledger/customer.key` nobody can tell who it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pyarrow as pa

from orchestration import disk
from orchestration.landing.erasing.spelling import keyed_hash

Kind = Literal["person", "mail", "phone", "order", "receiver"]
PREFIXES: Mapping[Kind, str] = {
    "person": "",  # so that the hash is the person key's alias id
    "mail": "mail:",
    "phone": "phone:",
    "order": "",
    "receiver": "receiver:",
}
TOLD_TO_SQL = ("person", "mail")
TABLE = pa.schema([("handle_kind", pa.string()), ("handle_hash", pa.string()), ("erased_on", pa.date32())])


@dataclass(frozen=True, kw_only=True)
class Erased:
    """Everybody's handles.

    Attributes:
        key: of the hashes.
        hashes: by kind.
    """

    key: str
    hashes: Mapping[str, frozenset[str]]

    def knows(self, kind: Kind, handle: str) -> bool:
        """Whether a handle is one of somebody who is to be forgotten."""
        known = self.hashes.get(kind)
        return bool(known and handle) and hashed(self.key, kind, handle) in (known or ())


@lru_cache(maxsize=1 << 16)
def hashed(key: str, kind: Kind, handle: str) -> str:
    """What stands for a handle."""
    return keyed_hash(key, PREFIXES[kind] + handle)


def key_of(home: Path) -> str:
    """The key of customer ids and of this list."""
    return (home / "ledger" / "customer.key").read_text().strip(" \r\n")


def read_erased(home: Path) -> Erased | None:
    """The list; None when nobody has been erased."""
    rows = read_rows(home)
    if not rows:
        return None
    kinds = {row["handle_kind"] for row in rows}
    hashes = {kind: frozenset(r["handle_hash"] for r in rows if r["handle_kind"] == kind) for kind in kinds}
    return Erased(key=key_of(home), hashes=hashes)


def read_rows(home: Path) -> list[dict[str, str]]:
    """The rows of the list: kind, hash, day, number of the erasure."""
    rows: list[dict[str, str]] = disk.read_json(_list(home)).get("handles", [])
    return rows


def add_rows(home: Path, rows: Iterable[Mapping[str, str]], consents: Iterable[Mapping[str, str]]) -> None:
    """Add handles, and proofs of consent, that are not on the list yet, for good; proofs past their time go.

    Args:
        home: folder of everything Joren keeps.
        rows: each with handle_kind, handle_hash, erased_on and erasure, the number of the request's proof.
        consents: who (hashed), what, and keep_until.
    """
    said = disk.read_json(_list(home))
    handles = {(row["handle_kind"], row["handle_hash"]): row for row in [*rows, *said.get("handles", [])]}
    proofs = {tuple(one.values()): one for one in [*said.get("consents", []), *consents]}
    day = max((row["erased_on"] for row in handles.values()), default="")
    kept = [one for one in proofs.values() if one["keep_until"] >= day]
    fresh = {"handles": [row for _, row in sorted(handles.items())], "consents": kept}
    if fresh != said:
        disk.write_json(_list(home), fresh)


def erasures_table(home: Path) -> pa.Table:
    """What SQL may know of the list: one row per person key or mail address, as `keyed_hash` makes it."""
    rows = [row for row in read_rows(home) if row["handle_kind"] in TOLD_TO_SQL]
    days = pa.array([row["erased_on"] for row in rows], pa.string()).cast(pa.date32())
    texts = [pa.array([row[name] for row in rows], pa.string()) for name in ("handle_kind", "handle_hash")]
    return pa.table([*texts, days], schema=TABLE)


def _list(home: Path) -> Path:
    return home / "ledger" / "erasures.json"
