{%- set measures = {'gap': 'gap_days', 'piece': 'cast(floor(gap_days / quantity) as bigint)'} -%}

with

bought as (
    select * from {{ ref('int_items_bought') }}
    where {{ days_after('ordered_on', var('replenishment_days')) }} < {{ as_of() }}
),

followed as (
    select
        level,
        item,
        {{ days_between('ordered_on', 'next_ordered_on') }} as gap_days,
        greatest(quantity, 1) as quantity
    from bought
    where next_ordered_on <= {{ days_after('ordered_on', var('replenishment_days')) }}
),

binned as (
    {% for measure, days in measures.items() -%}
    select
        level,
        item,
        '{{ measure }}' as measure,
        {{ days }} as days,
        count(*) as purchases
    from followed
    group by level, item, {{ days }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from binned
