{%- set kinds = kinds_of_rows() -%}

with

limited_feeds as (
    select feed from {{ source('raw', 'feeds') }}
    where retention_days is not null
),

{% for kind in kinds -%}
{{ kind }} as (
    select
        limited_feeds.feed,
        count(*) as personal_rows,
        min({{ tokyo_day('source._exported_at') }}) as exported_on
    from {{ source('raw', kind) }} as source
    inner join limited_feeds on source._feed = limited_feeds.feed
    where {{ has_personal_cell(kind) }}
    group by limited_feeds.feed
),

{% endfor -%}
counted as (
    {% for kind in kinds -%}
    select * from {{ kind }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
)

select * from counted
