with

orders as (
    select * from {{ ref('int_order_values_counted') }}
    where purchase_type = 'single'
),

thresholds as (
    select * from {{ ref('postage_thresholds') }}
),

touched as (
    select
        orders.shop_id,
        orders.channel,
        thresholds.threshold_yen,
        {%- set reaching = 'orders.goods_yen >= thresholds.threshold_yen' -%}
        {%- set near = 'not ' ~ reaching ~ ' and orders.goods_yen * 5 >= thresholds.threshold_yen * 4' -%}
        {%- for name, what, rows in [
            ('orders_reaching', 'orders.orders', reaching),
            ('orders_set_free', 'orders.orders_with_postage', reaching),
            ('postage_forgone_yen', 'orders.postage_yen', reaching),
            ('orders_charged_anew', 'orders.orders - orders.orders_with_postage', 'not ' ~ reaching),
            ('orders_just_below', 'orders.orders', near),
            ('yen_to_reach', 'orders.orders * (thresholds.threshold_yen - orders.goods_yen)', near),
        ] %}
        cast(coalesce(sum({{ what }}) filter (where {{ rows }}), 0) as bigint) as {{ name }},
        {%- endfor %}
        cast(sum(orders.orders) as bigint) as orders
    from orders
    cross join thresholds
    group by orders.shop_id, orders.channel, thresholds.threshold_yen
)

select * from touched
