with

closed as (
    select * from {{ ref('int_states_closed') }}
),

spent as (
    select scope, customer_id, {{ month_of('spent_on') }} as month_on, sum(m_yen) as m_yen
    from {{ ref('int_spend_scoped') }}
    group by scope, customer_id, {{ month_of('spent_on') }}
),

stays as (
    select scope, scheme, state, {{ months_after('months_from', 1) }} as month_on, 1 as change
    from closed
    union all
    select scope, scheme, state, months_to as month_on, -1 as change
    from closed
),

stay_changes as (
    select scope, scheme, state, month_on, sum(change) as change
    from stays
    group by scope, scheme, state, month_on
),

stay_months as (
    select
        scope, scheme, state, month_on,
        sum(change) over (partition by scope, scheme, state order by month_on) as customers,
        lead(month_on, 1, {{ month_of(as_of()) }}) over (
            partition by scope, scheme, state order by month_on
        ) as months_to
    from stay_changes
),

found as (
    select
        scope, scheme, months_from as month_on, state_at_last_close as from_state, state as to_state,
        1 as customers, 0 as m_yen, 0 as moves
    from closed
    union all
    select
        scope, scheme, cast({{ months_from_to('month_on', months_after('months_to', -1)) }} as date) as month_on, state, state,
        customers, 0, 0
    from stay_months
    union all
    select
        closed.scope, closed.scheme, spent.month_on,
        case when spent.month_on = closed.months_from then closed.state_at_last_close else closed.state end, closed.state,
        0, spent.m_yen, 0
    from closed
    inner join spent
        on
            closed.scope = spent.scope and closed.customer_id = spent.customer_id
            and closed.months_from <= spent.month_on and closed.months_to > spent.month_on
    union all
    select scope, scheme, {{ month_of('valid_from') }}, state_before, state, 0, 0, 1
    from {{ ref('fct_customer_states') }}
    where state_before is not null and last_day(valid_from) < {{ as_of() }}
),

counted as (
    select
        scope, scheme, month_on, from_state, to_state,
        cast(sum(customers) as bigint) as customers,
        cast(sum(m_yen) as bigint) as m_yen,
        cast(sum(moves) as bigint) as moves
    from found
    group by scope, scheme, month_on, from_state, to_state
)

select * from counted
where customers > 0 or moves > 0
