with

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid and ordered_on >= {{ days_after(as_of(), -365) }}
),

counted as (
    select
        shop_id,
        channel,
        case when order_kind in ('subscription', 'assortment') then 'subscription' else 'single' end as purchase_type,
        goods_yen,
        count(*) as orders,
        count(*) filter (where postage_yen > 0) as orders_with_postage,
        sum(postage_yen) as postage_yen,
        sum(sales_yen) as sales_yen
    from orders
    group by
        shop_id, channel,
        case when order_kind in ('subscription', 'assortment') then 'subscription' else 'single' end, goods_yen
)

select * from counted
