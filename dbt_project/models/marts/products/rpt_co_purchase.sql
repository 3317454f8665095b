with

baskets as (
    select * from {{ ref('int_baskets_filled') }}
),

pairable as (
    select * from baskets
    where items > 1
),

names as (
    select * from {{ ref('int_items_named') }}
),

totals as (
    select
        unit,
        level,
        count(distinct basket) as baskets
    from baskets
    group by unit, level
),

buyers as (
    select unit, level, item, count(*) as baskets from baskets
    group by unit, level, item
),

pairs as (
    select
        ours.unit,
        ours.level,
        ours.item,
        theirs.item as other_item,
        count(*) as counted_in,
        count(*) filter (where ours.orders > 1 or theirs.orders > 1 or ours.order_id != theirs.order_id) as counted_out
    from pairable as ours
    inner join pairable as theirs
        on ours.unit = theirs.unit and ours.level = theirs.level and ours.basket = theirs.basket and ours.item != theirs.item
    group by ours.unit, ours.level, ours.item, theirs.item
),

counted as (
    {% for same_order in ['in', 'out'] -%}
    select
        unit, level, '{{ same_order }}' as same_order, item, other_item, counted_{{ same_order }} as baskets_with_both
    from pairs
    where counted_{{ same_order }} >= {{ var('pair_count') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

rated as (
    select
        counted.unit, counted.level, counted.same_order,
        counted.item, coalesce(names.item_name, counted.item) as item_name,
        counted.other_item, coalesce(other_names.item_name, counted.other_item) as other_item_name,
        totals.baskets,
        buyers.baskets as baskets_with_item,
        other_buyers.baskets as baskets_with_other,
        counted.baskets_with_both,
        round(counted.baskets_with_both / totals.baskets, 6) as support,
        round(counted.baskets_with_both / buyers.baskets, 6) as confidence,
        round(counted.baskets_with_both / buyers.baskets * totals.baskets / other_buyers.baskets, 6) as lift
    from counted
    inner join totals on counted.unit = totals.unit and counted.level = totals.level
    inner join buyers
        on counted.unit = buyers.unit and counted.level = buyers.level and counted.item = buyers.item
    inner join buyers as other_buyers
        on
            counted.unit = other_buyers.unit and counted.level = other_buyers.level
            and counted.other_item = other_buyers.item
    left join names on counted.level = names.level and counted.item = names.item
    left join names as other_names on counted.level = other_names.level and counted.other_item = other_names.item
)

select * from rated
