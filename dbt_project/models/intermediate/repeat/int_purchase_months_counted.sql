with

numbered as (
    select
        *,
        {{ month_of('purchased_on') }} as month_on,
        {{ month_of('next_purchased_on') }} as next_month_on
    from {{ ref('int_purchase_days_numbered') }}
),

counted as (
    select
        month_on,
        next_month_on,
        month_on = {{ month_of('first_purchased_on') }} as is_first_month,
        count(*) as customers
    from numbered
    where next_month_on is null or next_month_on > month_on
    group by month_on, next_month_on, month_on = {{ month_of('first_purchased_on') }}
)

select * from counted
