with

customers as (
    select * from {{ ref('int_customers_measured') }}
    where purchase_days > 0
),

windows as (
    select * from {{ ref('repeat_windows') }}
),

cohorts as (
    select
        *,
        'all' as cohort
    from customers
    union all
    select
        *,
        {{ month_name('first_purchased_on') }} as cohort
    from customers
),

observed as (
    select
        cohorts.cohort,
        windows.window_days,
        cohorts.purchase_days > 1 as has_repeated,
        {{ days_after('cohorts.first_purchased_on', 'windows.window_days') }} < {{ as_of() }} as is_observed,
        coalesce(
            cohorts.second_purchased_on
            <= {{ days_after('cohorts.first_purchased_on', 'windows.window_days') }}, false
        ) as has_converted
    from cohorts
    cross join windows
),

counted as (
    select
        cohort,
        window_days,
        count(*) as customers,
        count(*) filter (where has_repeated) as repeaters,
        count(*) filter (where is_observed) as observed,
        count(*) filter (where is_observed and has_converted) as converted
    from observed
    group by cohort, window_days
),

rated as (
    select
        cohort,
        window_days,
        customers,
        repeaters,
        round(repeaters / customers, 6) as repeater_share,
        observed,
        converted,
        round(converted / nullif(observed, 0), 6) as f2_rate
    from counted
)

select * from rated
