with

numbered as (
    select * from {{ ref('int_purchase_days_numbered') }}
),

departures as (
    select * from {{ ref('departure_days') }}
),

reached as (
    select
        {{ month_name('first_purchased_on') }} as month_name,
        purchase_number,
        case when next_purchased_on is null then purchased_on end as waiting_since,
        count(*) as customers
    from numbered
    group by
        {{ month_name('first_purchased_on') }}, purchase_number,
        case when next_purchased_on is null then purchased_on end
),

counted as (
    select
        coalesce(reached.month_name, 'all') as cohort,
        departures.departure_days,
        reached.purchase_number,
        cast(sum(reached.customers) as bigint) as customers,
        cast(coalesce(sum(reached.customers) filter (where reached.waiting_since is null), 0) as bigint) as continued,
        cast(coalesce(sum(reached.customers) filter (
            where {{ days_after('reached.waiting_since', 'departures.departure_days') }} < {{ as_of() }}
        ), 0) as bigint) as departed
    from reached
    cross join departures
    group by departures.departure_days, reached.purchase_number, rollup(reached.month_name)
),

rated as (
    select
        cohort,
        departure_days,
        purchase_number,
        customers,
        round(customers / max(customers) over (partition by cohort, departure_days), 6) as survival_rate,
        continued,
        departed,
        customers - continued - departed as waiting,
        round(continued / nullif(continued + departed, 0), 6) as continuation_rate
    from counted
)

select * from rated
