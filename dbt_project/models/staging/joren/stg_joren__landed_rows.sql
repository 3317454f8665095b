{%- set kinds = kinds_of_rows() -%}

with

{% for kind in kinds -%}
{{ kind }} as (
    select
        '{{ kind }}' as kind,
        _feed as feed,
        _file_sha256 as file_sha256,
        count(*) as rows_found
    from {{ source('raw', kind) }}
    group by _feed, _file_sha256
),

{% endfor -%}
counted as (
    {% for kind in kinds -%}
    select * from {{ kind }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
)

select * from counted
