"""A file without those who asked to be forgotten, on its way to the disk."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from orchestration import disk
from orchestration.landing.erasing.csv_eraser import CsvEraser
from orchestration.landing.erasing.finder import Finder
from orchestration.landing.erasing.json_eraser import JsonEraser
from orchestration.landing.erasing.tally import Tally
from orchestration.landing.keeping.sieve import printed
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.results import Fault


def write_without(path: Path, draft: Path, feed: Feed, finder: Finder) -> str | Fault:
    """Write a file without them; hold no more of it in memory than some rows.

    Returns:
        SHA-256 of what was written; nothing if nobody was found: the draft is then worth nothing. A Fault for
        a file that cannot be read: anybody may be in it.
    """
    tally = Tally()
    blocks = erased(path, feed, finder, tally)
    sha256 = blocks if isinstance(blocks, Fault) else write(draft, blocks)
    return sha256 if isinstance(sha256, Fault) or tally.touched else ""


def erased(path: Path, feed: Feed, finder: Finder, tally: Tally) -> Iterator[bytes | Fault] | Fault:
    """Read a file, unpacked, and yield the bytes that stay; what was found is counted."""
    return printed(
        path,
        feed,
        csv=lambda found: CsvEraser(found, feed, finder, tally).lines(),
        json=lambda text: JsonEraser(feed, finder, tally).lines(text),
        ends=feed.unended == "refuse",
    )


def write(draft: Path, blocks: Iterable[bytes | Fault]) -> str | Fault:
    """Write a draft; its SHA-256, or the Fault that ends it."""
    with disk.open_private(draft) as copy:
        return digest_of(_written(blocks, copy.write))


def digest_of(blocks: Iterable[bytes | Fault]) -> str | Fault:
    """SHA-256 of some blocks, or the Fault among them."""
    digest = hashlib.sha256()
    for block in blocks:
        if isinstance(block, Fault):
            return block
        digest.update(block)
    return digest.hexdigest()


def _written(blocks: Iterable[bytes | Fault], write: Callable[[bytes], int]) -> Iterator[bytes | Fault]:
    for block in blocks:
        if not isinstance(block, Fault):
            write(block)
        yield block
