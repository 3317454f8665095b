"""A file is put into a feed's inbox."""

from pathlib import Path


def put(home: Path, feed_name: str, name: str, content: bytes, marker: str = "") -> Path:
    """Put a file there with its marker, which may say when it was exported."""
    path = home / "inbox" / feed_name / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.with_name(f"{name}.done").write_text(marker, "utf-8")
    return path
