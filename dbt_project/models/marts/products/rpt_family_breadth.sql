with

customers as (
    select * from {{ ref('int_families_entered') }}
),

windows as (
    select window_days from {{ ref('repeat_windows') }}
),

cohorts as (
    select
        *,
        'all' as cohort
    from customers
    union all
    select
        *,
        {{ month_name('first_on') }} as cohort
    from customers
),

observed as (
    select
        cohorts.*,
        windows.window_days,
        {{ days_after('cohorts.first_on', 'windows.window_days') }} as closes_on
    from cohorts
    cross join windows
),

counted as (
    select
        cohort,
        window_days,
        count(*) as customers,
        count(*) filter (where families >= 2) as customers_with_two,
        count(*) filter (where families >= 3) as customers_with_three,
        count(*) filter (where closes_on < {{ as_of() }}) as observed,
        count(*) filter (where closes_on < {{ as_of() }} and second_on <= closes_on) as reached_two,
        count(*) filter (where closes_on < {{ as_of() }} and third_on <= closes_on) as reached_three
    from observed
    group by cohort, window_days
),

rated as (
    select
        *,
        round(customers_with_two / customers, 6) as two_families_share,
        round(customers_with_three / customers, 6) as three_families_share,
        round(reached_two / nullif(observed, 0), 6) as two_families_rate,
        round(reached_three / nullif(observed, 0), 6) as three_families_rate
    from counted
)

select * from rated
