with

bought as (
    select * from {{ ref('int_items_bought') }}
),

names as (
    select * from {{ ref('int_items_named') }}
),

led as (
    select
        level,
        customer_id,
        ordered_on,
        max_by(item, row(sales_yen, item)) as item
    from bought
    group by level, customer_id, ordered_on
),

followed as (
    select
        level,
        item,
        ordered_on,
        row_number() over story as purchase,
        lead(item) over story as next_item,
        lead(ordered_on) over story as next_ordered_on
    from led
    window story as (partition by level, customer_id order by ordered_on)
),

observed as (
    select
        level,
        purchase,
        item,
        case
            when next_ordered_on <= {{ days_after('ordered_on', var('next_purchase_days')) }} then next_item
            else 'none'
        end as next_item
    from followed
    where
        purchase <= {{ var('sequence_purchases') }}
        and {{ days_after('ordered_on', var('next_purchase_days')) }} < {{ as_of() }}
),

counted as (
    select
        level,
        purchase,
        item,
        next_item,
        count(*) as customers
    from observed
    group by level, purchase, item, next_item
),

rated as (
    select
        counted.level,
        counted.purchase,
        counted.item,
        coalesce(names.item_name, counted.item) as item_name,
        counted.next_item,
        coalesce(next_names.item_name, counted.next_item) as next_item_name,
        cast(sum(counted.customers) over of_item as bigint) as buyers,
        counted.customers,
        round(counted.customers / sum(counted.customers) over of_item, 6) as next_item_share
    from counted
    left join names on counted.level = names.level and counted.item = names.item
    left join names as next_names on counted.level = next_names.level and counted.next_item = next_names.item
    window of_item as (partition by counted.level, counted.purchase, counted.item)
)

select * from rated
