{%- set counts = ['started', 'cancelled', 'lapsed', 'went_on', 'stopped', 'waits'] -%}

with

steps as (
    select * from {{ ref('fct_subscription_steps') }}
    where date_basis = 'order'
),

contracts as (
    select * from {{ ref('fct_subscriptions') }}
),

lives as (
    select 'contract' as grain, started_on, subscription_state as end_outcome, ended_on from contracts
    union all
    select
        'customer' as grain,
        min(started_on) as started_on,
        max_by(subscription_state, row(ended_on, subscription_id)) as end_outcome,
        case when not bool_or(is_running) then max(ended_on) end as ended_on
    from contracts
    where customer_id is not null
    group by customer_id
),

happenings as (
    select grain, {{ month_of('started_on') }} as month_on, 'started' as happening, 1 as change from lives
    union all
    select grain, {{ month_of('ended_on') }} as month_on, end_outcome as happening, -1 as change from lives
    where ended_on is not null
    union all
    select
        grain, {{ month_of('due_on') }} as month_on,
        {{ due_happening() }} as happening,
        0 as change
    from steps
),

counted as (
    select
        grain, month_on,
        {% for happening in counts -%}
        count(*) filter (where happening = '{{ happening }}') as {{ happening }},
        {% endfor -%}
        cast(sum(change) as bigint) as change
    from happenings
    group by grain, month_on
),

months as (
    select
        grain,
        cast({{ months_from_to('min(month_on)', days_after(month_of(as_of()), -1)) }} as date) as month_on
    from counted
    group by grain
),

filled as (
    select
        months.grain, months.month_on,
        {% for count in counts -%}
        coalesce(counted.{{ count }}, 0) as {{ count }},
        {% endfor -%}
        cast(sum(coalesce(counted.change, 0)) over (partition by months.grain order by months.month_on) as bigint) as at_end
    from months
    left join counted on months.grain = counted.grain and months.month_on = counted.month_on
),

rated as (
    select
        grain, month_on,
        at_end - started + cancelled + lapsed as at_begin,
        started, cancelled, lapsed, at_end,
        round((cancelled + lapsed) / nullif(at_end - started + cancelled + lapsed, 0), 6) as monthly_churn_rate,
        went_on + stopped as due,
        case when waits = 0 then round(stopped / nullif(went_on + stopped, 0), 6) end as due_churn_rate
    from filled
)

select * from rated
