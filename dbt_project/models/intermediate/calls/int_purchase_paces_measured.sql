with

days as (
    select * from {{ ref('int_purchase_days_numbered') }}
    where previous_purchased_on is not null
),

paces as (
    select
        customer_id,
        {{ median_of(days_between('previous_purchased_on', 'purchased_on')) }} as median_gap_days
    from days
    group by customer_id
)

select * from paces
