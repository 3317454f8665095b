r"""Printed times become instants, in UTC.

Read are, on the feed's clock, `2026-01-05`, `2013/01/18`, `2022/8/10 9:03`, `2022/8/10 103309`, with a blank
or a T and with or without a fraction; with an offset of their own (` -0300`, `+09:00`, `Z`, ` UTC`); and
seconds since 1970. All else is no time. dbt's macro `instant_of` reads the same; a cast alone would drop the
offset.
"""

DAY = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
CLOCK = r"[T ]\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?"
OFFSET = r"[+-](0\d|1[0-4]):?[0-5]\d"


def instant(cell: str, zone: str) -> str:
    """SQL for the instant that a cell without blanks around it prints: a timestamp in UTC, or null.

    Args:
        cell: SQL of the cell.
        zone: SQL of the zone where the feed's clock hangs.
    """
    colons = rf"regexp_replace({cell}, '(\d\d?)(\d\d)(\d\d)$', '\1:\2:\3')"
    sign = f"try_cast(regexp_extract({cell}, '([+-])[0-9:]+$', 1) || '1' as integer)"
    hours = rf"try_cast(regexp_extract({cell}, '(\d\d):?\d\d$', 1) as integer)"
    minutes = f"try_cast(right({cell}, 2) as integer)"
    own = f"try_cast(regexp_extract({cell}, '^{DAY}{CLOCK}') as timestamp)"
    return f"""
        case
            when regexp_full_match({cell}, '{DAY}({CLOCK})?') then {_on_clock(cell, zone)}
            when regexp_full_match({cell}, '{DAY}{CLOCK} ?{OFFSET}')
                then {own} - to_minutes({sign} * (60 * {hours} + {minutes}))
            when regexp_full_match({cell}, '{DAY}{CLOCK} ?(Z|UTC)') then {own}
            when regexp_full_match({cell}, '\\d{{9,10}}')
                then make_timestamp(try_cast({cell} as bigint) * 1000000)
            when regexp_full_match({cell}, '{DAY} \\d{{5,6}}') then {_on_clock(colons, zone)}
        end
    """


def _on_clock(cell: str, zone: str) -> str:
    return f"timezone('UTC', timezone({zone}, try_cast({cell} as timestamp)))"
