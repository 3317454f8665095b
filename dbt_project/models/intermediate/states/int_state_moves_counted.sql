{%- set standing = 'scope, scheme, state' -%}
{%- set keys = 'scope, scheme, month_on, from_state, to_state' -%}
{%- set nobody = '0 as customers' -%}
{%- set of_state = 'scope, scheme, state as to_state' -%}

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
    select {{ standing }}, {{ months_after('months_from', 1) }} as month_on, 1 as change
    from closed
    union all
    select {{ standing }}, months_to as month_on, -1 as change
    from closed
),

stay_changes as (
    select {{ standing }}, month_on, sum(change) as change
    from stays
    group by {{ standing }}, month_on
),

stay_months as (
    select
        {{ standing }}, month_on,
        sum(change) over changes as customers,
        lead(month_on, 1, {{ month_of(as_of()) }}) over changes as months_to
    from stay_changes
    window changes as (partition by {{ standing }} order by month_on)
),

found as (
    select
        {{ of_state }}, months_from as month_on, state_at_last_close as from_state,
        1 as customers, 0 as m_yen, 0 as moves
    from closed
    union all
    select
        {{ of_state }}, cast({{ months_from_to('month_on', months_after('months_to', -1)) }} as date) as month_on,
        state as from_state, customers, 0 as m_yen, 0 as moves
    from stay_months
    union all
    select
        closed.scope, closed.scheme, closed.state as to_state, spent.month_on,
        case spent.month_on when closed.months_from then closed.state_at_last_close else closed.state end as from_state,
        {{ nobody }}, spent.m_yen, 0 as moves
    from closed
    inner join spent
        on
            closed.scope = spent.scope and closed.customer_id = spent.customer_id
            and closed.months_from <= spent.month_on and closed.months_to > spent.month_on
    union all
    select {{ of_state }}, {{ month_of('valid_from') }}, state_before, {{ nobody }}, 0 as m_yen, 1 as moves
    from {{ ref('fct_customer_states') }}
    where state_before is not null and last_day(valid_from) < {{ as_of() }}
),

counted as (
    select
        {{ keys }},
        cast(coalesce(sum(customers), 0) as bigint) as customers,
        cast(coalesce(sum(m_yen), 0) as bigint) as m_yen,
        cast(coalesce(sum(moves), 0) as bigint) as moves
    from found
    group by {{ keys }}
)

select * from counted
where customers > 0 or moves > 0
