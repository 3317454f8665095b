with

gaps as (
    select * from {{ ref('int_purchase_gaps_counted') }}
),

dormant as (
    select * from {{ ref('int_state_rules_resolved') }}
    where scheme = 'lifecycle' and state = 'dormant'
),

windows as (
    select * from {{ ref('revival_windows') }}
),

months as (
    select cast({{ months_from_to('min(purchased_on)', as_of()) }} as date) as month_on
    from gaps
),

closings as (
    select
        last_day(months.month_on) as closed_on,
        windows.window_days
    from months
    cross join windows
    where {{ days_after('last_day(months.month_on)', 'windows.window_days') }} < {{ as_of() }}
),

counted as (
    select
        closings.closed_on,
        closings.window_days,
        cast(sum(gaps.customers) as bigint) as dormant,
        cast(coalesce(sum(gaps.customers) filter (
            where {{ days_after('gaps.purchased_on', 'gaps.days_to_next') }}
            <= {{ days_after('closings.closed_on', 'closings.window_days') }}
        ), 0) as bigint) as revived
    from closings
    cross join dormant
    inner join gaps
        on
            dormant.n_from <= gaps.purchase_number
            and coalesce(dormant.n_to > gaps.purchase_number, true)
            and {{ days_after('closings.closed_on', '1 - dormant.days_from') }} >= gaps.purchased_on
            and {{ days_after('closings.closed_on', '1 - dormant.days_to') }} < gaps.purchased_on
            and coalesce({{ days_after('gaps.purchased_on', 'gaps.days_to_next') }} > closings.closed_on, true)
    group by closings.closed_on, closings.window_days
),

rated as (
    select
        *,
        round(revived / dormant, 6) as revival_rate
    from counted
)

select * from rated
