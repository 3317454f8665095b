{#- Times as vendors print them. -#}

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
