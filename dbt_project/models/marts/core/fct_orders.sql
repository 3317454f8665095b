with

judged as (
    select * from {{ ref('int_orders_judged') }}
),

orders as (
    select * from {{ ref('stg_eccube__orders') }}
),

lines as (
    select * from {{ ref('fct_order_lines') }}
),

customers as (
    select * from {{ ref('int_customers_clustered') }}
),

order_sums as (
    select
        order_id,
        min(shipped_on) as shipped_on,
        cast(coalesce(-sum(line_yen) filter (where line_kind = 'points'), 0) as bigint) as points_used_yen,
        cast(coalesce(sum(line_yen) filter (where line_kind = 'fee'), 0) as bigint) as fee_yen
    from lines
    group by order_id
),

joined as (
    select
        judged.order_id,
        judged.shop_id,
        judged.brand_id,
        customers.customer_id,
        judged.order_state,
        judged.is_valid,
        judged.ordered_at,
        judged.ordered_on,
        order_sums.shipped_on,
        judged.voided_on,
        judged.first_seen_on,
        orders.goods_yen,
        orders.discount_yen - order_sums.points_used_yen as shop_discount_yen,
        order_sums.points_used_yen,
        orders.postage_yen,
        order_sums.fee_yen,
        coalesce(
            orders.total_yen,
            orders.goods_yen + orders.postage_yen + order_sums.fee_yen - orders.discount_yen
        ) as total_yen,
        orders.goods_yen - (orders.discount_yen - order_sums.points_used_yen) as m_yen
    from judged
    inner join orders on judged.order_id = orders.order_id
    inner join order_sums on judged.order_id = order_sums.order_id
    left join customers on judged.person_key = customers.person_key
)

select * from joined
