{% set yesterday = days_after(as_of(), -1) %}

with

spans as (
    select * from {{ ref('fct_customer_states') }}
),

labels as (
    select distinct
        rules.scheme,
        rules.state,
        rules.label_ja,
        schemes.settling_days
    from {{ ref('int_state_rules_stated') }} as rules
    inner join {{ ref('state_schemes') }} as schemes on rules.scheme = schemes.scheme
),

entries_and_exits as (
    {% for moved_on, change in [('valid_from', 1), ('valid_to', -1)] %}
    select
        scope,
        scheme,
        state,
        {{ moved_on }} as closed_on,
        {{ change }} as change
    from spans
    where {{ moved_on }} < {{ as_of() }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        scope,
        scheme,
        state,
        closed_on,
        sum(change) as change
    from entries_and_exits
    group by scope, scheme, state, closed_on
),

days as (
    select
        scope,
        scheme,
        cast({{ days_from_to('min(closed_on)', yesterday) }} as date) as closed_on
    from counted
    group by scope, scheme
),

filled as (
    select
        days.scope,
        days.scheme,
        days.closed_on,
        days.closed_on = last_day(days.closed_on) as closes_month,
        {{ days_between('days.closed_on', as_of()) }} >= labels.settling_days as is_final,
        case
            when {{ days_between('days.closed_on', as_of()) }} >= labels.settling_days then '確定' else '速報'
        end as finality_ja,
        labels.state,
        labels.label_ja,
        cast(sum(coalesce(counted.change, 0)) over (
            partition by days.scope, days.scheme, labels.state
            order by days.closed_on
        ) as bigint) as customers
    from days
    inner join labels on days.scheme = labels.scheme
    left join counted
        on
            days.scope = counted.scope
            and days.scheme = counted.scheme
            and labels.state = counted.state
            and days.closed_on = counted.closed_on
)

select * from filled
