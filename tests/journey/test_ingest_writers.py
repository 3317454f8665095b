"""A file that is still being written does not land, however its writer works; the whole file lands once.

Run as a script this file starts slow writers, one after the other, and lands while they write.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import pytest
from landing_feeds import feed, pending

from orchestration.landing.land import land
from orchestration.landing.results import Landed

ROOT = Path(__file__).parents[2]
LINES = feed("lines")
ROWS = 400
CONTENT = ("注文ID,価格,個数\n" + "".join(f"{n},{n}00,1\n" for n in range(ROWS))).encode("cp932")
NAME = "order_20260105060000.csv"
PIECE = 97  # bytes: a piece ends anywhere in a row
Writer = Callable[[Path], None]


def write(path: Path, content: bytes) -> None:
    """Slowly: piece by piece, each on the disk before the next."""
    with path.open("ab", buffering=0) as file:
        for at in range(0, len(content), PIECE):
            file.write(content[at : at + PIECE])
            os.fsync(file.fileno())


def with_marker(path: Path) -> None:
    write(path, CONTENT)
    path.with_name(f"{NAME}.done").touch()


def without_marker(path: Path) -> None:
    write(path, CONTENT)


def renamed_from(draft: str) -> Writer:
    def writer(path: Path) -> None:
        write(path.with_name(draft), CONTENT)
        path.with_name(draft).rename(path)

    return writer


def removed_and_written_again(path: Path) -> None:
    write(path, CONTENT[:1_000])
    path.unlink()
    write(path, CONTENT)
    path.with_name(f"{NAME}.done").touch()


WRITERS: dict[str, Writer] = {
    "marker": with_marker,
    "no marker": without_marker,
    ".tmp": renamed_from(f"{NAME}.tmp"),
    ".filepart": renamed_from(f"{NAME}.filepart"),
    "hidden": renamed_from(f".{NAME}"),
    "again": removed_and_written_again,
}


def at_work(writer: Writer, path: Path) -> int:
    """Start a writer; its process."""
    if (child := os.fork()) == 0:
        writer(path)
        os._exit(0)
    return child


def landed(home: Path) -> Landed:
    return land(home=home, feed=LINES, now=datetime.now(UTC))


def trial(home: Path, writer: Writer) -> int:
    """Land again and again while a writer works, then when a minute has gone; how often it was looked at."""
    path = home / "inbox" / LINES.name / NAME
    path.parent.mkdir(parents=True)
    child = at_work(writer, path)
    done, looks = [landed(home)], 1
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        done.append(landed(home))
        looks += 1
    if path.exists():
        os.utime(path, (path.stat().st_mtime - 61,) * 2)
    done.append(landed(home))
    assert [file.landed for one in done for file in one.parsed] == [ROWS]
    assert [one.refused for one in done if one.refused] == []
    [kept] = [one for one in (home / "landing" / LINES.name).iterdir() if not one.suffix]
    assert kept.read_bytes() == CONTENT
    assert len(pending(home, LINES)) == ROWS
    return looks


def trials(folder: Path, *, count: int) -> str:
    """Let all writers write so many files; what was counted."""
    names = list(islice(cycle(WRITERS), count))
    looks = sum(trial(folder / f"{number}", WRITERS[name]) for number, name in enumerate(names))
    return f"{count} slow writers of {len(WRITERS)} kinds, {looks} looks: 0 partial files landed"


def while_copied(home: Path) -> str:
    """Write on as soon as landing begins to copy; what it made of that."""
    path = home / "inbox" / LINES.name / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[: CONTENT.index(b"200,")])
    path.with_name(f"{NAME}.done").touch()

    def go_on(event: str, arguments: tuple[object, ...]) -> None:
        if (
            event == "open"
            and str(arguments[0]).endswith("received.tmp")
            and path.stat().st_size < len(CONTENT)
        ):
            path.write_bytes(CONTENT)

    sys.addaudithook(go_on)
    first, kept = landed(home), list((home / "landing" / LINES.name).iterdir())
    second = landed(home)
    return f"{len(first.waiting)} waits, {len(kept)} kept; {[file.landed for file in second.parsed]}"


def in_a_process(folder: Path, count: int) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, __file__, str(folder), str(count)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_no_partial_file_lands(tmp_path: Path) -> None:
    assert "0 partial" in in_a_process(tmp_path, len(WRITERS))


@pytest.mark.long
def test_no_partial_file_lands_of_a_hundred(tmp_path: Path) -> None:
    print(in_a_process(tmp_path, 100))


def test_a_file_that_is_written_on_while_it_is_copied_waits(tmp_path: Path) -> None:
    assert in_a_process(tmp_path, 0) == f"1 waits, 0 kept; [{ROWS}]"


def test_a_writer_that_stalls_in_a_row_is_refused_and_the_whole_file_lands(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / LINES.name / NAME
    path.parent.mkdir(parents=True)
    write(path, CONTENT[:1_001])
    os.utime(path, (path.stat().st_mtime - 61,) * 2)
    assert [one.fault.found for one in landed(tmp_path).refused] == ["a last row without a line end"]
    with_marker(path)
    assert [file.landed for file in landed(tmp_path).parsed] == [ROWS]
    assert len(pending(tmp_path, LINES)) == ROWS


if __name__ == "__main__":
    number = int(sys.argv[2])
    print(trials(Path(sys.argv[1]), count=number) if number else while_copied(Path(sys.argv[1])))
