{#- What cells of exports say. A blank cell is no value; a time, an amount or a number that cannot be read ends the
    build: it is never left out in silence. The message shows the shape of the cell (0 for a digit, x for a letter),
    never its text. -#}

{#- A blank cell is no value. -#}
{% macro filled(column) -%} nullif(trim({{ column }}), '') {%- endmacro %}

{#- Ends the query for a cell that cannot be read. -#}
{% macro raise_unreadable(what, column) -%}
    {{ raise_error(
        "concat('" ~ column ~ " is no " ~ what ~ ": ', "
        ~ "regexp_replace(regexp_replace(" ~ filled(column) ~ ", '[0-9]', '0', 'g'), '[^0 :/+.,-]', 'x', 'g'))"
    ) }}
{%- endmacro %}

{#- UTC from what vendors print: 2025-01-02 03:04:05, 2013/01/18, 2022/8/10 9:03 and 2022/8/10 103309 on the clock of
    `zone` (Asia/Tokyo or UTC, as SQL); 2025-10-02 17:09:34 -0300 and ISO 8601 with T, Z or +09:00 on their own; seconds
    since 1970. -#}
{% macro instant_of(column, zone) -%}
    {%- set day = '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}' -%}
    {%- set clock = '[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?' -%}
    {%- set cell = filled(column) -%}
    case
        when {{ cell }} is null then null
        when {{ fits(cell, day ~ '(' ~ clock ~ ')?') }} then {{ moment_of(cell, column) }} - {{ offset_of(zone) }}
        when {{ fits(cell, day ~ clock ~ ' ?[+-][0-9]{2}:?[0-9]{2}') }}
            then
                {{ moment_of("regexp_extract(" ~ cell ~ ", '^" ~ day ~ clock ~ "')", column) }}
                - to_minutes(
                    cast(regexp_extract({{ cell }}, '([+-])[0-9]{2}:?[0-9]{2}$', 1) || '1' as integer) * (
                        60 * cast(regexp_extract({{ cell }}, '([0-9]{2}):?[0-9]{2}$', 1) as integer)
                        + cast(right({{ cell }}, 2) as integer)
                    )
                )
        when {{ fits(cell, day ~ clock ~ ' ?(Z|UTC)') }}
            then {{ moment_of("regexp_extract(" ~ cell ~ ", '^" ~ day ~ clock ~ "')", column) }}
        when {{ fits(cell, '[0-9]{9,10}') }} then make_timestamp(cast({{ cell }} as bigint) * 1000000)
        when {{ fits(cell, day ~ ' [0-9]{5,6}') }}
            then
                {{ moment_of("regexp_replace(" ~ cell ~ ", '([0-9]{1,2})([0-9]{2})([0-9]{2})$', '\\1:\\2:\\3')", column) }}
                - {{ offset_of(zone) }}
        else {{ raise_unreadable('time', column) }}
    end
{%- endmacro %}

{#- What is printed like a time and is none (2026-13-01) would else be quoted by the engine. -#}
{% macro moment_of(text, column) -%}
    coalesce(try_cast({{ text }} as timestamp), {{ raise_unreadable('time', column) }})
{%- endmacro %}

{#- How far a feed's clock is ahead of UTC. Asia/Tokyo has no summer time. -#}
{% macro offset_of(zone) -%}
    case {{ zone }}
        when 'Asia/Tokyo' then interval '9' hour
        when 'UTC' then interval '0' hour
        else {{ raise_error("concat('a feed has the zone ', " ~ zone ~ ")") }}
    end
{%- endmacro %}

{#- Whole yen: 19940, 1000.00, -500. A fraction of a yen and a separator of thousands are refused. -#}
{% macro yen_of(column) -%} {{ whole_of(column, 'amount of whole yen') }} {%- endmacro %}

{#- Pieces, times, days: 2, 2.0, 2.00. -#}
{% macro count_of(column) -%} {{ whole_of(column, 'whole number') }} {%- endmacro %}

{% macro whole_of(column, what) -%}
    case
        when {{ filled(column) }} is null then null
        when {{ fits(filled(column), '[+-]?[0-9]{1,15}([.]0*)?') }}
            then cast(split_part({{ filled(column) }}, '.', 1) as bigint)
        else {{ raise_unreadable(what, column) }}
    end
{%- endmacro %}

{#- A rate of tax in percent from 10, 10.00, 10% or the fraction 0.1. -#}
{% macro percent_of(column) -%}
    case
        when {{ filled(column) }} is null then null
        when {{ fits(filled(column), '0?[.][0-9]+') }} then cast(cast({{ filled(column) }} as double) * 100 as decimal(5, 2))
        when {{ fits(filled(column), '[0-9]{1,3}([.][0-9]*)?%?') }}
            then cast(rtrim({{ filled(column) }}, '%') as decimal(5, 2))
        else {{ raise_unreadable('rate', column) }}
    end
{%- endmacro %}

{#- A key: without the one ' that keeps Excel from counting with it, and without Shopify's gid://shopify/Order/ before
    the number that its CSV prints. -#}
{% macro code_of(column) -%}
    nullif(regexp_replace(regexp_replace(trim({{ column }}), '^''', ''), '^gid://[^/]+/[^/]+/', ''), '')
{%- endmacro %}

{#- Anything but blank, 0, false and no. -#}
{% macro flag_of(column) -%}
    coalesce(lower({{ filled(column) }}) not in ('0', 'false', 'no', 'f', 'n', '無', 'なし', 'いいえ'), false)
{%- endmacro %}
