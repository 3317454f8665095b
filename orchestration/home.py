"""The state on disk: its folders, its key, and the lock that lets one process work on it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from orchestration import disk

PRIVATE = ("inbox", "landing", "raw", "quarantine", "candidates", "ledger", "outbox", "asof", "dagster")
WAIT_SECONDS = 600.0


class HomeBusyError(RuntimeError):
    """Another process works on this home."""


class LostKeyError(RuntimeError):
    """The key of the customer ids is gone while the ledger still speaks of them."""


def furnish(home: Path) -> None:
    """Make the folders with their modes, the key of the customer ids, and Dagster's settings.

    All that the process writes from now on is private; what is published says otherwise itself.

    Raises:
        LostKeyError: when there is a ledger but no key; a new one would make strangers of all customers.
    """
    os.umask(0o077)
    _folder(home, mode=0o711)
    _folder(home / "marts", mode=0o755)
    for name in PRIVATE:
        _folder(home / name, mode=0o700)
    key = home / "ledger" / "customer.key"
    if not key.exists():
        if (home / "ledger" / "ledger.sqlite").exists():
            raise LostKeyError(f"{key}: gone, but the ledger beside it is not. Restore the key.")
        disk.write_text(key, secrets.token_hex(32))
    settings = home / "dagster" / "dagster.yaml"
    if not settings.exists():
        disk.write_text(settings, "telemetry: {enabled: false}\n")


@contextmanager
def hold(home: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the home's lock; the death of the process frees it. All it writes from now on is private.

    Raises:
        HomeBusyError: when another process still holds it after `wait_seconds`; names the holder.
    """
    name = home / "lock.holder"
    try:
        with FileLock(home / "lock", timeout=wait_seconds, mode=0o600):
            os.umask(0o077)
            name.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
            yield
    except Timeout as busy:
        raise HomeBusyError(
            f"{home}: {name.read_text()} works on it; waited {wait_seconds:.0f} s. "
            "Let it finish or end it, then start again."
        ) from busy


def _folder(path: Path, *, mode: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
