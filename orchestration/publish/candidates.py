"""The one way out for persons: the day's candidates, with a footer that says what they rest on."""

from datetime import date
from pathlib import Path

import duckdb

from orchestration import disk
from orchestration.publish.versions import current_version
from orchestration.publish.warehouse import require_build


def write_candidates(*, home: Path, warehouse: Path, as_of: date) -> int:
    """Write `candidates/<as_of>.parquet` (0600) from `private.mail_candidates`; the number of rows.

    Raises:
        NotBuiltError: when the warehouse does not stand for that day: the footer says that its build passed.
    """
    require_build(warehouse, as_of)
    target = home / "candidates" / f"{as_of.isoformat()}.parquet"
    disk.collect(target.parent)
    building = disk.unfinished(target)
    version = current_version(home / "marts")
    footer = (
        f"{{'joren.as_of': '{as_of.isoformat()}', 'joren.build_passed': 'true', "
        f"'joren.marts_version': '{version.number if version else ''}'}}"
    )
    with duckdb.connect(warehouse, read_only=True) as source:
        rows = "select * from private.mail_candidates order by message_name"
        options = f"(format parquet, kv_metadata {footer})"
        written = source.execute(f"copy ({rows}) to '{building}' {options}").fetchall()
    building.chmod(0o600)
    disk.keep(building, target)
    return int(written[0][0])
