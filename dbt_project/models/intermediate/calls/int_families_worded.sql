with

days as (
    select * from {{ ref('int_items_bought') }}
    where level = 'family'
),

sequence as (
    select * from {{ ref('rpt_product_sequence') }}
    where level = 'family' and next_item != 'none'
),

families as (
    select
        customer_id,
        item,
        count(*) as times,
        max(row(ordered_on, sales_yen, item)) as last_bought
    from days
    group by customer_id, item
),

customers as (
    select
        customer_id,
        {{ joined_texts("item || ' ' || times || '回'", '、', 'times desc, item asc') }} as families,
        max_by(item, last_bought) as last_family
    from families
    group by customer_id
),

followed as (
    select
        item,
        next_item,
        next_item_name,
        sum(customers) as customers
    from sequence
    group by item, next_item, next_item_name
),

favourites as (
    select
        item,
        max_by(next_item_name, row(customers, next_item)) as next_family
    from followed
    group by item
),

worded as (
    select
        customers.customer_id,
        customers.families,
        customers.last_family,
        favourites.next_family
    from customers
    left join favourites on customers.last_family = favourites.item
)

select * from worded
