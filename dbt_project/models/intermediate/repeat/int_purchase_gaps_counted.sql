with

numbered as (
    select * from {{ ref('int_purchase_days_numbered') }}
),

counted as (
    select
        purchased_on,
        least(purchase_number, 10) as purchase_number,
        purchase_type,
        cast({{ days_between('purchased_on', 'next_purchased_on') }} as bigint) as days_to_next,
        count(*) as customers
    from numbered
    group by
        purchased_on, least(purchase_number, 10), purchase_type,
        {{ days_between('purchased_on', 'next_purchased_on') }}
)

select * from counted
