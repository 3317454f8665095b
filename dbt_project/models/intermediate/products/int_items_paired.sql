{%- set other_way = 'ours.last_order_id != theirs.first_order_id' -%}

with

baskets as (
    select * from {{ ref('int_baskets_filled') }}
    where items > 1
),

pairs as (
    select
        ours.unit,
        ours.level,
        ours.item,
        theirs.item as other_item,
        count(*) as counted_in,
        count(*) filter (where ours.first_order_id != theirs.last_order_id or {{ other_way }}) as counted_out
    from baskets as ours
    inner join baskets as theirs
        on
            ours.unit = theirs.unit and ours.level = theirs.level and ours.basket = theirs.basket
            and ours.item != theirs.item
    group by ours.unit, ours.level, ours.item, theirs.item
),

told as (
    {% for same_order in ['in', 'out'] -%}
    select
        unit,
        level,
        '{{ same_order }}' as same_order,
        item,
        other_item,
        counted_{{ same_order }} as baskets
    from pairs
    where counted_{{ same_order }} >= {{ var('pair_count') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from told
