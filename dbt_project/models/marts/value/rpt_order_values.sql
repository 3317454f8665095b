with

counted as (
    select
        *,
        least({{ bucket_of('goods_yen', 1000) }}, 50) * 1000 as value_from
    from {{ ref('int_order_values_counted') }}
),

banded as (
    select
        shop_id,
        channel,
        purchase_type,
        value_from,
        case when value_from < 50000 then value_from + 1000 end as value_to,
        cast(sum(orders) as bigint) as orders,
        cast(sum(orders_with_postage) as bigint) as orders_with_postage,
        cast(sum(postage_yen) as bigint) as postage_yen,
        cast(sum(sales_yen) as bigint) as sales_yen
    from counted
    group by shop_id, channel, purchase_type, value_from
),

shared as (
    select
        *,
        round(orders / sum(orders) over shop, 6) as share,
        round(
            sum(orders) over (partition by shop_id, channel, purchase_type order by value_from)
            / sum(orders) over shop, 6
        ) as cumulative_share
    from banded
    window shop as (partition by shop_id, channel, purchase_type)
)

select * from shared
