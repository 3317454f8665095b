"""A file's bytes on their way from the inbox to landing: as they came, or without what may not be kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.landing.erasing.erase_file import digest_of, write, write_without
from orchestration.landing.erasing.finder import Finder
from orchestration.landing.keeping.sieve import sieved
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault

BLOCK = 1 << 20


class Copied(NamedTuple):
    """A file's bytes on their way.

    Attributes:
        sha256: names them: of what came; of what is left of it where the feed keeps only what it maps.
        rewritten: of what is written, where somebody has been erased from it; nothing: it is as it came.
    """

    sha256: str
    rewritten: str


def copy(path: Path, draft: Path, feed: Feed, finder: Finder | None) -> Copied | Fault:
    """Write a draft of what may be kept; a Fault where that cannot be told."""
    if feed.keeps == "mapped":
        sieve = sieved(path, feed)
        sha256 = sieve if isinstance(sieve, Fault) else write(draft, sieve)
        return sha256 if isinstance(sha256, Fault) else Copied(sha256, "")
    rewritten = write_without(path, draft, feed, finder) if finder else ""
    if isinstance(rewritten, Fault):
        return rewritten
    sha256 = digest_of(_blocks(path)) if rewritten else write(draft, _blocks(path))
    return sha256 if isinstance(sha256, Fault) else Copied(sha256, rewritten)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
