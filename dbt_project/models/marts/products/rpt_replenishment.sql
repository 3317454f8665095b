{%- set shares = {'early': 25, 'median': 50, 'late': 75} -%}

with

bought as (
    select * from {{ ref('int_items_bought') }}
    where {{ days_after('ordered_on', var('replenishment_days')) }} < {{ as_of() }}
),

names as (
    select * from {{ ref('int_items_named') }}
),

items as (
    select
        level,
        item,
        count(*) as purchases,
        max(days_of_use) as days_of_use
    from bought
    group by level, item
),

binned as (
    select * from {{ ref('int_items_rebought') }}
),

placed as (
    select
        *,
        sum(purchases) over (partition by level, item, measure order by days) as so_far,
        sum(purchases) over (partition by level, item, measure) as all_purchases
    from binned
),

quantiles as (
    select
        level,
        item,
        cast(sum(purchases) filter (where measure = 'gap') as bigint) as rebought,
        {%- for name, percent in shares.items() %}
        min(days) filter (where measure = 'gap' and so_far * 100 >= all_purchases * {{ percent }}) as {{ name }}_days,
        {%- endfor %}
        min(days) filter (where measure = 'piece' and so_far * 2 >= all_purchases) as median_days_per_piece
    from placed
    group by level, item
),

joined as (
    select
        items.level,
        items.item,
        coalesce(names.item_name, items.item) as item_name,
        items.purchases,
        coalesce(quantiles.rebought, 0) as rebought,
        quantiles.early_days,
        quantiles.median_days,
        quantiles.late_days,
        quantiles.median_days_per_piece,
        items.days_of_use
    from items
    left join names on items.level = names.level and items.item = names.item
    left join quantiles on items.level = quantiles.level and items.item = quantiles.item
)

select * from joined
