"""The door reads the times that dbt reads, and alike; where the door reads none, dbt ends its build."""

from datetime import datetime

import duckdb
import pytest
from macros import text_of

from orchestration.doors.instants import instant

BY_DBT = text_of("instant_of('cell', 'zone')")
READ = {
    "2025-10-02 17:09:34 -0300": "2025-10-02 20:09:34",
    "2025-10-02 17:09:34 +0900": "2025-10-02 08:09:34",
    "2025-10-02 17:09 +0900": "2025-10-02 08:09:00",
    "2017-06-17T08:04:21+00:00": "2017-06-17 08:04:21",
    "2014-09-24T00:00:00+09:00": "2014-09-23 15:00:00",
    "2014-09-24T00:00:00-0930": "2014-09-24 09:30:00",
    "2014-09-24T00:00:00Z": "2014-09-24 00:00:00",
    "2014-09-24T00:00:00.123Z": "2014-09-24 00:00:00.123",
    "2014-09-24 00:00:00 UTC": "2014-09-24 00:00:00",
    "2013/01/18": "2013-01-17 15:00:00",
    "2022/8/10": "2022-08-09 15:00:00",
    "2022/8/10 9:03": "2022-08-10 00:03:00",
    "2022/8/10 103309": "2022-08-10 01:33:09",
    "2022/8/10 90309": "2022-08-10 00:03:09",
    "2014-09-24": "2014-09-23 15:00:00",
    "2014-09-24 08:59:59": "2014-09-23 23:59:59",
    "2014-09-24 08:59:59.5": "2014-09-23 23:59:59.5",
    "2014-09-24T08:59": "2014-09-23 23:59:00",
    " 2014-09-24 ": "2014-09-23 15:00:00",
    "1358434800": "2013-01-17 15:00:00",
    "999999999": "2001-09-09 01:46:39",
}
UNREAD = [
    "2025-02-29", "2026-13-01", "0000-00-00 00:00:00", "2014-09-24 25:00:00", "2014-09-24 00:60", "infinity",
    "epoch", "20140924", "44197", "44197.5", "2014-09-24 00:00:00 -03", "2014-09-24 00:00:00 Asia/Tokyo",
    "2014-09-24 (BC)", "-2014-09-24", "12014-09-24", "14-09-24", "24/09/2014", "1400000000000",
    "令和8年1月8日", "2014年9月24日", "2014-09-24 99:99:99", "2022/8/10 996099", "x",
]  # fmt: skip


def read(sql: str, cell: str) -> datetime | None:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'America/New_York'")
        rows = connection.execute(f"select {sql} from (select ? as cell, 'Asia/Tokyo' as zone)", [cell])
        [(moment,)] = rows.fetchall()
    return moment


@pytest.mark.parametrize("cell", READ)
def test_door_and_dbt_read_the_same_instant(cell: str) -> None:
    expected = datetime.fromisoformat(READ[cell])
    assert read(instant("trim(cell)", "zone"), cell) == expected
    assert read(BY_DBT, cell) == expected


@pytest.mark.parametrize("cell", UNREAD)
def test_what_the_door_does_not_read_ends_dbts_build(cell: str) -> None:
    assert read(instant("cell", "zone"), cell) is None
    with pytest.raises(duckdb.Error):
        read(BY_DBT, cell)


def test_the_feeds_clock_may_hang_elsewhere() -> None:
    assert read(instant("cell", "'UTC'"), "2014-09-24 08:00:00") == datetime(2014, 9, 24, 8)  # noqa: DTZ001
