with

contracts as (
    select * from {{ ref('fct_subscriptions') }}
),

lives as (
    select
        'contract' as grain,
        started_on,
        subscription_state as end_outcome,
        ended_on
    from contracts
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
    {% for happening, happened_on, change in [("'started'", 'started_on', 1), ('end_outcome', 'ended_on', -1)] -%}
    select
        grain,
        {{ month_of(happened_on) }} as month_on,
        {{ happening }} as happening,
        {{ change }} as change
    from lives
    where {{ happened_on }} is not null
    union all
    {% endfor -%}
    select
        grain,
        {{ month_of('due_on') }} as month_on,
        {{ due_happening() }} as happening,
        0 as change
    from {{ ref('fct_subscription_steps') }}
    where date_basis = 'order'
)

select * from happenings
