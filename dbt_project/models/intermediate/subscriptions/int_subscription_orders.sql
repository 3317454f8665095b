{%- set carried = [
    'order_id', 'shop_id', 'brand_id', 'customer_id', 'ordered_on', 'shipped_on', 'subscription_count'
] -%}
{%- set leading = "row(case product_kind when 'regular' then 0 else 1 end, -sales_yen, line_id)" -%}

with

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid and (order_kind = 'subscription' or (order_kind = 'assortment' and subscription_id is not null))
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
        min_by(item_key, {{ leading }}) as item_key,
        min_by(product_code, {{ leading }}) as product_code
    from lines
    group by order_id
),

fitted as (
    select
        {%- for column in carried %}
        orders.{{ column }},
        {%- endfor %}
        orders.subscription_id as told_id,
        coalesce(led.item_key, 'unknown') as item_key,
        led.product_code,
        listed.subscription_id as listed_id,
        row_number() over (
            partition by orders.order_id
            order by
                coalesce(led.product_code = listed.product_code, false) desc,
                listed.started_on desc nulls last,
                listed.subscription_id asc
        ) as preference
    from orders
    left join led on orders.order_id = led.order_id
    left join listed
        on
            orders.subscription_id is null
            and orders.customer_id = listed.customer_id and orders.shop_id = listed.shop_id
            and orders.ordered_on >= listed.started_on
),

named as (
    select
        {%- for column in carried %}
        {{ column }},
        {%- endfor %}
        item_key,
        product_code,
        coalesce(
            shop_id || ':subscription:' || told_id,
            listed_id,
            shop_id || ':subscription:' || coalesce(customer_id, order_id) || ':' || item_key
        ) as subscription_id
    from fitted
    where preference = 1
)

select * from named
