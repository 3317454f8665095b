"""The state on disk: its folders, its key, and the lock that lets one process work on it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

PRIVATE = ("inbox", "landing", "raw", "quarantine", "candidates", "ledger", "outbox", "asof", "dagster")


class HomeBusyError(RuntimeError):
    """Another process works on this home."""


def furnish(home: Path) -> None:
    """Make the folders with their modes, the key of the customer ids, and Dagster's settings."""
    _folder(home, mode=0o711)
    _folder(home / "marts", mode=0o755)
    for name in PRIVATE:
        _folder(home / name, mode=0o700)
    _secret(home / "ledger" / "customer.key")
    (home / "dagster" / "dagster.yaml").write_text("telemetry: {enabled: false}\n")


@contextmanager
def hold(home: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the home's lock; the death of the process frees it.

    Raises:
        HomeBusyError: when another process still holds it after `wait_seconds`; names the holder.
    """
    name = home / "lock.holder"
    try:
        with FileLock(home / "lock", timeout=wait_seconds, mode=0o600):
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


def _secret(path: Path) -> None:
    """Write a random key once; a kill leaves either the whole key or none."""
    if path.exists():
        return
    fresh = path.with_suffix(".tmp")
    fresh.touch(mode=0o600)
    with fresh.open("w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
