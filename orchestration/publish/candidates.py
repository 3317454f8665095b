"""The one way out for persons: the day's candidates, with a footer that says what they rest on."""

from datetime import date
from pathlib import Path

import duckdb

from orchestration.publish.files import install
from orchestration.publish.versions import current_version


def write_candidates(*, home: Path, warehouse: Path, as_of: date) -> int:
    """Write `candidates/<as_of>.parquet` (0600) from `private.mail_candidates`; the number of rows.

    Call it only after the build and its tests ended well and the marts are published: the footer says so.
    """
    target = home / "candidates" / f"{as_of.isoformat()}.parquet"
    building = target.with_suffix(".parquet.tmp")
    building.touch(mode=0o600)
    version = current_version(home / "marts")
    footer = (
        f"{{'joren.as_of': '{as_of.isoformat()}', 'joren.build_passed': 'true', "
        f"'joren.marts_version': '{version.number if version else ''}'}}"
    )
    with duckdb.connect(warehouse, read_only=True) as source:
        rows = "select * from private.mail_candidates order by message_name"
        options = f"(format parquet, kv_metadata {footer})"
        written = source.execute(f"copy ({rows}) to '{building}' {options}").fetchall()
    install(building, target, mode=0o600)
    return int(written[0][0])
