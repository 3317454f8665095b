{%- set levels = {'product': 'item_key', 'family': 'product_family'} -%}

with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and product_kind = 'regular'
),

bought as (
    select * from {{ ref('int_items_bought') }}
),

baskets as (
    select
        'customer' as unit,
        level,
        customer_id as basket,
        item,
        cast(sum(orders) as bigint) as orders,
        min(order_id) as order_id
    from bought
    group by level, customer_id, item
    {%- for level, item in levels.items() %}
    union all
    select
        'order' as unit,
        '{{ level }}' as level,
        order_id as basket,
        {{ item }} as item,
        1 as orders,
        order_id
    from lines
    group by order_id, {{ item }}
    {%- endfor %}
),

sizes as (
    select
        unit,
        level,
        basket,
        count(*) as items
    from baskets
    group by unit, level, basket
),

sized as (
    select
        baskets.*,
        sizes.items
    from baskets
    inner join sizes
        on baskets.unit = sizes.unit and baskets.level = sizes.level and baskets.basket = sizes.basket
    where sizes.items <= {{ var('basket_items') }}
)

select * from sized
