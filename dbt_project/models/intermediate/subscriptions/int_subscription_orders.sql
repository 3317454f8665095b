with

orders as (
    select * from {{ ref('fct_orders') }}
    where
        is_valid
        and (order_kind = 'subscription' or (order_kind = 'assortment' and subscription_id is not null))
),

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where order_kind in ('subscription', 'assortment')
),

listed as (
    select
        contracts.subscription_id,
        contracts.shop_id,
        contracts.product_code,
        contracts.started_on,
        customers.customer_id
    from {{ ref('stg_joren__subscriptions') }} as contracts
    inner join {{ ref('int_customers_clustered') }} as customers on contracts.person_key = customers.person_key
),

led as (
    select
        order_id,
        min_by(item_key, row(case when product_kind = 'regular' then 0 else 1 end, -sales_yen, line_id)) as item_key,
        min_by(product_code, row(case when product_kind = 'regular' then 0 else 1 end, -sales_yen, line_id)) as product_code
    from lines
    group by order_id
),

described as (
    select
        orders.order_id, orders.shop_id, orders.brand_id, orders.customer_id, orders.ordered_on, orders.shipped_on,
        orders.subscription_id as told_id, orders.subscription_count,
        coalesce(led.item_key, 'unknown') as item_key,
        led.product_code
    from orders
    left join led on orders.order_id = led.order_id
),

fitted as (
    select
        described.*,
        listed.subscription_id as listed_id,
        row_number() over (
            partition by described.order_id
            order by
                coalesce(described.product_code = listed.product_code, false) desc,
                listed.started_on desc nulls last,
                listed.subscription_id asc
        ) as preference
    from described
    left join listed
        on
            described.told_id is null
            and described.customer_id = listed.customer_id
            and described.shop_id = listed.shop_id
            and described.ordered_on >= listed.started_on
),

named as (
    select
        order_id, shop_id, brand_id, customer_id, ordered_on, shipped_on, subscription_count, item_key, product_code,
        coalesce(
            shop_id || ':subscription:' || told_id,
            listed_id,
            shop_id || ':subscription:' || coalesce(customer_id, order_id) || ':' || item_key
        ) as subscription_id
    from fitted
    where preference = 1
)

select * from named
