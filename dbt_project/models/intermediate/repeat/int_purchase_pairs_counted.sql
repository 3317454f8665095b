with

gaps as (
    select * from {{ ref('int_purchase_gaps_counted') }}
    where days_to_next is not null and purchase_number < 10
),

numbered as (
    select
        *,
        cast({{ days_between('first_purchased_on', 'purchased_on') }} as bigint) as days_since_first
    from {{ ref('int_purchase_days_numbered') }}
    where purchase_number between 3 and 10
),

first_items as (
    select * from {{ ref('int_first_items_found') }}
    where days_to_next is not null and item_key is not null
),

next_ones as (
    select
        'all' as first_item,
        coalesce(purchase_type, 'all') as purchase_type,
        purchase_number as from_number,
        purchase_number + 1 as to_number,
        days_to_next as days,
        sum(customers) as customers
    from gaps
    group by purchase_number, days_to_next, rollup(purchase_type)
),

since_the_first as (
    select
        'all' as first_item,
        'all' as purchase_type,
        1 as from_number,
        purchase_number as to_number,
        days_since_first as days,
        count(*) as customers
    from numbered
    group by purchase_number, days_since_first
),

since_an_item as (
    select
        item_key as first_item,
        'all' as purchase_type,
        1 as from_number,
        2 as to_number,
        days_to_next as days,
        count(*) as customers
    from first_items
    group by item_key, days_to_next
),

counted as (
    select * from next_ones
    union all
    select * from since_the_first
    union all
    select * from since_an_item
),

running as (
    select
        *,
        sum(customers) over pair as total,
        sum(customers) over (pair order by days) as customers_so_far
    from counted
    window pair as (partition by first_item, purchase_type, from_number, to_number)
)

select * from running
