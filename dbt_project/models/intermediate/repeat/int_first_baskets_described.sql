with

first_days as (
    select * from {{ ref('int_purchase_days_numbered') }}
    where purchase_number = 1 and purchase_type = 'single'
),

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid
),

described as (
    select
        first_days.customer_id,
        first_days.purchased_on,
        first_days.next_purchased_on,
        cast(sum(orders.goods_yen) as bigint) as basket_yen,
        bool_or(orders.shop_discount_yen > 0) as has_coupon,
        bool_and(orders.postage_yen = 0) as has_free_shipping
    from first_days
    inner join orders on first_days.customer_id = orders.customer_id and first_days.purchased_on = orders.ordered_on
    group by first_days.customer_id, first_days.purchased_on, first_days.next_purchased_on
    having bool_and(orders.channel = 'own' and orders.order_kind != 'trial')
)

select * from described
