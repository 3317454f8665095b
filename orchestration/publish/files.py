"""What readers see appears in one step, with its mode."""

from pathlib import Path

from orchestration import disk


def install(fresh: Path, path: Path, *, mode: int) -> None:
    """Give a finished file or folder its mode and its name, replacing a file of that name."""
    fresh.chmod(mode)
    disk.keep(fresh, path)


def point(link: Path, target: Path) -> None:
    """Let a symbolic link in the same folder name `target`, in one step."""
    fresh = link.with_name(f"{link.name}.tmp")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.name)
    fresh.replace(link)
    disk.sync(link.parent)
