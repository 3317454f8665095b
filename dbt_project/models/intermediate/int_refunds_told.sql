with

refunds_of_orders as (
    select * from {{ ref('stg_shops__order_refunds') }}
),

refunds as (
    select * from {{ ref('stg_shops__refunds') }}
),

known as (
    select
        order_id,
        refund_id,
        refund_yen,
        refunded_on,
        known_on,
        1 as source_rank
    from refunds_of_orders
    union all
    select
        order_id,
        refund_id,
        cast(sum(refund_yen) as bigint) as refund_yen,
        min(refunded_on) as refunded_on,
        min(stated_on) as known_on,
        2 as source_rank
    from refunds
    group by order_id, refund_id
),

ranked as (
    select
        *,
        row_number() over (partition by order_id, refund_id order by source_rank) as preference
    from known
    where refund_yen is not null
),

told as (
    select
        order_id,
        refund_id,
        refund_yen,
        coalesce(refunded_on, known_on) as refunded_on,
        known_on
    from ranked
    where preference = 1
)

select * from told
