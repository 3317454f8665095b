"""Files that are whole or not there: written beside, synced, renamed."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def install(fresh: Path, path: Path, *, mode: int) -> None:
    """Give a finished file or folder its mode and its name, replacing a file of that name."""
    fresh.chmod(mode)
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)


def point(link: Path, target: Path) -> None:
    """Let a symbolic link in the same folder name `target`, in one step."""
    fresh = link.with_name(f"{link.name}.tmp")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.name)
    fresh.replace(link)
    sync(link.parent)
