"""Files that appear whole or not at all, readable by their owner alone, whatever the umask."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

UNFINISHED = ".tmp"


def folder(path: Path, mode: int) -> Path:
    """Make the folder, and those above it that are missing, with this mode."""
    if not path.is_dir():
        folder(path.parent, mode)
        path.mkdir()
        path.chmod(mode)
    return path


def unfinished(path: Path) -> Path:
    """Name under which a file is written before it is kept."""
    return path.with_name(path.name + UNFINISHED)


def open_private(path: Path) -> BinaryIO:
    """Open a new file for writing, 0600."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "wb")


def keep(draft: Path, path: Path) -> None:
    """Give a draft its name, for good: fsync, rename, fsync the folder."""
    sync(draft)
    draft.rename(path)
    sync(path.parent)


def write_text(path: Path, content: str) -> None:
    """Write a small private file in one go."""
    draft = unfinished(path)
    with open_private(draft) as file:
        file.write(content.encode())
    keep(draft, path)


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a small private file of JSON in one go."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1))


def read_json(path: Path) -> dict[str, Any]:
    """Read what `write_json` wrote; nothing if there is none."""
    return json.loads(path.read_bytes()) if path.exists() else {}


def collect(folder: Path) -> None:
    """Remove what a killed run left unfinished."""
    for left in folder.glob(f"*{UNFINISHED}"):
        left.unlink()


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
