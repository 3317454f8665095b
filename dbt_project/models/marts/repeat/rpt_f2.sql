with

gaps as (
    select * from {{ ref('int_purchase_gaps_counted') }}
    where purchase_number < 10
),

windows as (
    select * from {{ ref('repeat_windows') }}
),

curves as (
    select * from {{ ref('int_repeat_curves_estimated') }}
),

monthly as (
    select
        {{ month_of('gaps.purchased_on') }} as month_on,
        gaps.purchase_type,
        gaps.purchase_number + 1 as step,
        windows.window_days,
        {{ days_after('gaps.purchased_on', 'windows.window_days') }} < {{ as_of() }} as is_observed,
        sum(gaps.customers) as customers,
        sum(gaps.customers) filter (where gaps.days_to_next is not null) as repeaters,
        sum(gaps.customers) filter (where gaps.days_to_next <= windows.window_days) as converted
    from gaps
    cross join windows
    group by all
),

counted as (
    select
        coalesce({{ month_name('month_on') }}, 'all') as cohort,
        coalesce(purchase_type, 'all') as purchase_type,
        step,
        window_days,
        coalesce({{ days_after('last_day(month_on)', 'window_days') }} < {{ as_of() }}, true) as is_fully_observed,
        cast(sum(customers) as bigint) as customers,
        cast(coalesce(sum(repeaters), 0) as bigint) as repeaters,
        cast(coalesce(sum(customers) filter (where is_observed), 0) as bigint) as observed,
        cast(coalesce(sum(converted) filter (where is_observed), 0) as bigint) as converted
    from monthly
    group by step, window_days, cube(month_on, purchase_type)
),

estimated as (
    select
        counted.cohort,
        counted.purchase_type,
        counted.step,
        counted.window_days,
        max(curves.km_rate) as km_rate
    from counted
    left join curves
        on
            counted.cohort = curves.cohort
            and counted.purchase_type = curves.purchase_type
            and counted.step = curves.step
            and counted.window_days >= curves.days
    group by counted.cohort, counted.purchase_type, counted.step, counted.window_days
),

rated as (
    select
        counted.*,
        case
            when counted.is_fully_observed then round(counted.converted / nullif(counted.observed, 0), 6)
        end as conversion_rate,
        case when counted.observed > 0 then coalesce(estimated.km_rate, 0) end as km_rate
    from counted
    inner join estimated
        on {{ is_same(['cohort', 'purchase_type', 'step', 'window_days'], 'counted', 'estimated') }}
)

select * from rated
