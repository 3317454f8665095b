"""An erasure on its way: what is still to be done lies in one private file until it is done.

`ledger/erasing.json` holds the person in clear, because a kill must not leave half of him behind with nobody
to know whom to look for. It is written before anything else and goes last.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from orchestration import disk
from orchestration.landing.erasing.handles import Erased, Kind, add_rows, hashed, key_of, read_rows
from orchestration.landing.erasing.handles import read_erased as read_list
from orchestration.landing.erasing.spelling import keyed_hash
from orchestration.landing.erasing.traces import Traces
from orchestration.privacy.described import Described
from orchestration.privacy.whom import Person


@dataclass(kw_only=True)
class Job:
    """One erasure.

    Attributes:
        number: names the proof; says nothing of the person.
        erased_on: the day (ISO).
        person: who; personal.
        consents: proofs of what he agreed to.
        found: how much was found so far, by room.
        files: landed files that were changed so far, by feed.
    """

    number: str
    erased_on: str
    person: Person
    consents: list[dict[str, str]]
    found: dict[str, int]
    files: dict[str, list[str]]

    @property
    def traces(self) -> Traces:
        """What to look for in texts."""
        told = self.person.described
        return Traces(mails=self.person.mails, phones=told.phones, names=told.names, places=told.places)

    def erased(self, home: Path) -> Erased:
        """The list, with him on it."""
        said = {"erased_on": self.erased_on, "erasure": self.number}
        rows = [{"handle_kind": kind, "handle_hash": text, **said} for kind, text in self.handles(home)]
        add_rows(home, rows, self.consents)
        found = read_list(home)
        if found is None:
            raise ValueError(f"{self.number}: no handle at all. Report this.")
        return found

    def note(self, home: Path, found: Mapping[str, int]) -> None:
        """Add to what was found, for good."""
        for room, count in found.items():
            if count:
                self.found[room] = self.found.get(room, 0) + count
        if any(found.values()):
            write_job(home, self)

    def handles(self, home: Path) -> list[tuple[Kind, str]]:
        """What he is known by, hashed."""
        key, told = key_of(home), self.person.described
        handles: dict[Kind, frozenset[str]] = {
            "person": self.person.person_keys,
            "mail": self.person.mails,
            "phone": told.phones,
            "order": self.person.order_keys,
            "receiver": told.receivers,
        }
        return [(kind, hashed(key, kind, handle)) for kind, found in handles.items() for handle in found]


def begin(home: Path, person: Person, consents: list[dict[str, str]], erased_on: str) -> Job:
    """Write down that a person is to be erased; an erasure of the same person keeps its number."""
    job = Job(number="", erased_on=erased_on, person=person, consents=consents, found={}, files={})
    hashes = {text for _, text in job.handles(home)}
    known = [row["erasure"] for row in read_rows(home) if row["handle_hash"] in hashes]
    job.number = min(known) if known else keyed_hash(key_of(home), f"erasure:{min(hashes)}")[:16]
    write_job(home, job)
    return job


def write_job(home: Path, job: Job) -> None:
    """Write it whole or not at all."""
    disk.write_json(_file(home), _plain(asdict(job)))


def read_job(home: Path) -> Job | None:
    """The erasure that a killed process left unfinished; None if there is none."""
    said = disk.read_json(_file(home))
    if not said:
        return None
    person = said.pop("person")
    told = Described(**{name: frozenset(texts) for name, texts in person.pop("described").items()})
    known = {name: frozenset(texts) for name, texts in person.items()}
    return Job(**said, person=Person(**known, described=told))


def end(home: Path) -> None:
    """Forget whom it was about, also where a kill came before it was written."""
    for path in (_file(home), disk.unfinished(_file(home))):
        path.unlink(missing_ok=True)
    disk.sync(home / "ledger")


def _plain(value: Any) -> Any:  # noqa: ANN401  # what asdict makes
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return sorted(value) if isinstance(value, frozenset) else value


def _file(home: Path) -> Path:
    return home / "ledger" / "erasing.json"
