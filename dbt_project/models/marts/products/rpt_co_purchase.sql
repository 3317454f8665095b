with

baskets as (
    select * from {{ ref('int_baskets_filled') }}
),

names as (
    select * from {{ ref('int_items_named') }}
),

totals as (
    select
        unit,
        level,
        count(*) filter (where is_first) as baskets
    from baskets
    group by unit, level
),

buyers as (
    select
        unit,
        level,
        item,
        count(*) as baskets
    from baskets
    group by unit, level, item
),

pairs as (
    select * from {{ ref('int_items_paired') }}
),

rated as (
    select
        pairs.unit,
        pairs.level,
        pairs.same_order,
        pairs.item,
        coalesce(names.item_name, pairs.item) as item_name,
        pairs.other_item,
        coalesce(other_names.item_name, pairs.other_item) as other_item_name,
        totals.baskets,
        buyers.baskets as baskets_with_item,
        other_buyers.baskets as baskets_with_other,
        pairs.baskets as baskets_with_both,
        round(pairs.baskets / totals.baskets, 6) as support,
        round(pairs.baskets / buyers.baskets, 6) as confidence,
        round(pairs.baskets / buyers.baskets * totals.baskets / other_buyers.baskets, 6) as lift
    from pairs
    inner join totals on pairs.unit = totals.unit and pairs.level = totals.level
    inner join buyers
        on pairs.unit = buyers.unit and pairs.level = buyers.level and pairs.item = buyers.item
    inner join buyers as other_buyers
        on
            pairs.unit = other_buyers.unit and pairs.level = other_buyers.level
            and pairs.other_item = other_buyers.item
    left join names on pairs.level = names.level and pairs.item = names.item
    left join names as other_names on pairs.level = other_names.level and pairs.other_item = other_names.item
)

select * from rated
