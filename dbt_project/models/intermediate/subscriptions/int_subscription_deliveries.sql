with

orders as (
    select * from {{ ref('int_subscription_orders') }}
),

based as (
    select
        'order' as date_basis,
        subscription_id,
        customer_id,
        ordered_on as delivered_on,
        order_id,
        subscription_count
    from orders
    union all
    select
        'ship' as date_basis,
        subscription_id,
        customer_id,
        shipped_on as delivered_on,
        order_id,
        subscription_count
    from orders
    where shipped_on is not null
),

days as (
    select
        date_basis,
        subscription_id,
        delivered_on,
        min(customer_id) as customer_id,
        min(subscription_count) as told_number
    from based
    group by date_basis, subscription_id, delivered_on
),

numbered as (
    select
        *,
        row_number() over story as nth_seen,
        lead(delivered_on) over story as next_delivered_on
    from days
    window story as (partition by date_basis, subscription_id order by delivered_on)
),

placed as (
    select
        date_basis,
        subscription_id,
        customer_id,
        delivered_on,
        next_delivered_on,
        nth_seen + coalesce(
            max(case when nth_seen = 1 then told_number - 1 end) over (partition by date_basis, subscription_id), 0
        ) as delivery_number
    from numbered
)

select * from placed
