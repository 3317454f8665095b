"""A landed file becomes two Parquet drafts: the rows that could be read, and those that could not."""

from pathlib import Path

from orchestration.landing.keeping.notes import Note, meaning
from orchestration.landing.mapping.feed import Feed
from orchestration.landing.reading.columns import REFUSED, raw_batch, raw_schema, refused_batch
from orchestration.landing.reading.csv_rows import open_csv
from orchestration.landing.reading.decode import cut_off, text_of
from orchestration.landing.reading.json_rows import open_json
from orchestration.landing.reading.parts import SHOWN, Opened, Tally
from orchestration.landing.reading.sheet import Sheet
from orchestration.landing.results import Fault, Parsed

A_TIME = "2026-01-05T06:00:00+09:00"


def parse(*, source: Path, note: Note, feed: Feed, rows: Path, refused: Path) -> Parsed | Fault:
    """Read one file.

    Args:
        source: the bytes as received.
        note: where they come from.
        feed: how to read them.
        rows: draft for the rows that could be read.
        refused: draft for the others, each with its reason and its text.

    Returns:
        the counts, or why the file as a whole is refused; the drafts are then worth nothing.
    """
    opened = _untimed(note, feed) or open_file(source, feed)
    if isinstance(opened, Fault):
        return opened
    with Sheet(rows, raw_schema(feed)) as good, Sheet(refused, REFUSED) as bad:
        poured = _pour(opened, good, bad, feed=feed, note=note)
        if isinstance(poured, Parsed):
            good.finish(meaning(feed, note) | _counts(poured))
            bad.finish({})
    return poured


def open_file(source: Path, feed: Feed) -> Opened | Fault:
    """Open a file as its feed describes it: what follows is the same for all formats."""
    text = text_of(source, encodings=feed.encodings)
    if isinstance(text, Fault):
        return text
    is_csv = feed.format == "csv"
    fault = cut_off(text, is_csv=is_csv, ends=feed.unended == "refuse")
    return fault or (open_csv(text, feed) if is_csv else open_json(text, feed))


def _pour(opened: Opened, good: Sheet, bad: Sheet, *, feed: Feed, note: Note) -> Parsed | Fault:
    tally = Tally()
    for part in opened.parts:
        if isinstance(part, Fault):
            return part
        tally.add(part)
        if part.numbers:
            good.add(raw_batch(part, feed=feed, note=note))
        if part.refused:
            bad.add(refused_batch(part.refused, feed=feed, note=note))
    beyond = _beyond(feed, tally)
    if beyond and feed.threshold.then == "refuse":
        return beyond
    warnings = [*opened.warnings, *([beyond.found] if beyond else [])]
    if tally.physical == tally.blank:
        warnings.append("no rows; nothing is deleted for that")
    return Parsed(
        feed=feed.name,
        file=note.name,
        sha256=note.sha256,
        encoding=opened.encoding,
        unmapped=opened.unmapped,
        physical=tally.physical,
        landed=good.rows,
        quarantined=bad.rows,
        blank=tally.blank,
        warnings=tuple(warnings),
    )


def _beyond(feed: Feed, tally: Tally) -> Fault | None:
    if not feed.threshold.is_passed(tally.quarantined, tally.physical):
        return None
    listed = "; ".join(f"row {row.number}: {row.reason}" for row in tally.first)
    more = "; …" if tally.quarantined > SHOWN else ""
    return Fault(
        found=f"{tally.quarantined} of {tally.physical} rows that cannot be read ({listed}{more})",
        expected=f"at most {feed.threshold.rows} such rows and {feed.threshold.percent:g} %",
        remedy="Export the file again, or raise `threshold:` in the feed's YAML.",
    )


def _untimed(note: Note, feed: Feed) -> Fault | None:
    if note.exported_at:
        return None
    if note.is_marker_unclear:
        return Fault(
            found=f"a marker {note.name}.done whose text is no time",
            expected=f"ISO 8601 with an offset, such as {A_TIME}, or an empty marker",
            remedy="Put the file into the inbox again with the time of its export in the marker.",
        )
    return Fault(
        found="a name that does not tell when the file was exported",
        expected=f"{feed.names_told}, its time as {feed.time_format}, or a marker <name>.done that "
        f"holds the time, such as {A_TIME}",
        remedy="Put the file into the inbox of its own feed, under the name that the export gave it, or "
        "write the time into its marker.",
    )


def _counts(parsed: Parsed) -> dict[str, str]:
    return {
        "encoding": parsed.encoding,
        "physical": str(parsed.physical),
        "quarantined": str(parsed.quarantined),
        "blank": str(parsed.blank),
    }
