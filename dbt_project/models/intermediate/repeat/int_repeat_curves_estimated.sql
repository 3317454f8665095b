with

gaps as (
    select * from {{ ref('int_purchase_gaps_counted') }}
    where purchase_number < 10
),

horizon as (
    select max(window_days) as horizon_days from {{ ref('repeat_windows') }}
),

followed as (
    select
        {{ month_name('gaps.purchased_on') }} as month_name,
        gaps.purchase_type,
        gaps.purchase_number + 1 as step,
        least(
            coalesce(gaps.days_to_next, {{ days_between('gaps.purchased_on', as_of()) }} - 1), horizon.horizon_days + 1
        ) as days,
        coalesce(gaps.days_to_next <= horizon.horizon_days, false) as has_bought,
        gaps.customers
    from gaps
    cross join horizon
),

ended as (
    select
        coalesce(month_name, 'all') as cohort,
        coalesce(purchase_type, 'all') as purchase_type,
        step,
        days,
        cast(sum(customers) as bigint) as ended,
        cast(coalesce(sum(customers) filter (where has_bought), 0) as bigint) as bought
    from followed
    group by step, days, cube(month_name, purchase_type)
),

at_risk as (
    select
        *,
        cast(sum(ended) over (partition by cohort, purchase_type, step order by days desc) as bigint) as at_risk
    from ended
),

estimated as (
    select
        cohort,
        purchase_type,
        step,
        days,
        at_risk,
        bought,
        case
            when min(at_risk - bought) over so_far = 0 then 1.0
            else round(1 - exp(sum(ln(1 - bought / nullif(at_risk, bought))) over so_far), 6)
        end as km_rate
    from at_risk
    where bought > 0
    window so_far as (partition by cohort, purchase_type, step order by days)
)

select * from estimated
