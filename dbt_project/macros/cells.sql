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
