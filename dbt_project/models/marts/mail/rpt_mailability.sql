with

eligibility as (
    select * from {{ ref('mail_eligibility') }}
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid
),

first_orders as (
    select
        customer_id,
        min_by(channel, row(ordered_at, order_id)) as first_order_channel,
        {{ month_of('min(ordered_on)') }} as first_order_month_on
    from orders
    where customer_id is not null
    group by customer_id
),

counted as (
    select
        eligibility.brand_id,
        eligibility.purpose,
        coalesce(first_orders.first_order_channel, 'none') as first_order_channel,
        first_orders.first_order_month_on,
        coalesce(eligibility.stopped_by, 'mailable') as reason,
        count(*) as customers
    from eligibility
    left join first_orders on eligibility.customer_id = first_orders.customer_id
    group by
        eligibility.brand_id, eligibility.purpose, first_orders.first_order_channel, first_orders.first_order_month_on,
        eligibility.stopped_by
),

labelled as (
    select
        counted.brand_id,
        counted.purpose,
        counted.first_order_channel,
        counted.first_order_month_on,
        counted.reason,
        coalesce(reasons.rank, 0) as reason_rank,
        coalesce(reasons.label_ja, '送信可') as reason_ja,
        counted.customers
    from counted
    left join reasons on counted.reason = reasons.reason
)

select * from labelled
