"""DuckDB in little memory: what does not fit is spilled into the home, not where the process stands."""

from pathlib import Path
from typing import Any

MEMORY = "500MB"


def bounded(home: Path, use: str) -> dict[str, Any]:
    """Settings of a connection; each use spills into a folder of its own."""
    return {"memory_limit": MEMORY, "temp_directory": str(home / "raw" / f".spill_{use}")}
