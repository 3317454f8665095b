with

judged as (
    select * from {{ ref('int_orders_judged') }}
),

kinds as (
    select * from {{ ref('int_orders_classified') }}
),

shipments as (
    select * from {{ ref('int_orders_shipped') }}
),

customers as (
    select * from {{ ref('int_customers_clustered') }}
),

joined as (
    select
        judged.order_id,
        judged.shop_id,
        judged.brand_id,
        judged.channel,
        customers.customer_id,
        judged.order_state,
        kinds.order_kind,
        kinds.counts_n,
        kinds.counts_m,
        kinds.counts_sales,
        kinds.counts_mail,
        judged.is_in_force and kinds.counts_n as is_valid,
        judged.ordered_at,
        judged.ordered_on,
        shipments.shipped_on,
        judged.voided_on,
        judged.first_seen_on,
        judged.payment_method,
        judged.order_type,
        judged.subscription_id,
        judged.subscription_count,
        judged.replaces_order_id,
        judged.goods_yen,
        judged.shop_discount_yen,
        coalesce(judged.platform_discount_yen, 0) as platform_discount_yen,
        judged.points_yen as points_used_yen,
        judged.postage_yen,
        judged.fee_yen,
        coalesce(
            judged.total_yen,
            judged.goods_yen + judged.postage_yen + judged.fee_yen - judged.shop_discount_yen
            - coalesce(judged.platform_discount_yen, 0) - judged.points_yen
        ) as total_yen,
        judged.refunded_yen,
        case when kinds.counts_m then judged.m_yen else 0 end as m_yen,
        case when kinds.counts_sales then judged.m_yen else 0 end as sales_yen
    from judged
    inner join kinds on judged.order_id = kinds.order_id
    left join shipments on judged.order_id = shipments.order_id
    left join customers on judged.person_key = customers.person_key
)

select * from joined
