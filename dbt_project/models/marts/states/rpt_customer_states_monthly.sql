{% set yesterday = days_after(as_of(), -1) %}

with

spans as (
    select * from {{ ref('fct_customer_states') }}
),

labels as (
    select distinct
        scheme,
        state,
        label_ja
    from {{ ref('int_state_rules_resolved') }}
),

entries_and_exits as (
    {% for moved_on, change in [('valid_from', 1), ('valid_to', -1)] %}
    select
        scope,
        scheme,
        state,
        least(last_day({{ moved_on }}), {{ yesterday }}) as closed_on,
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

closings as (
    select
        scope,
        scheme,
        cast({{ months_from_to('min(closed_on)', yesterday) }} as date) as month_on
    from entries_and_exits
    group by scope, scheme
),

filled as (
    select
        closings.scope,
        closings.scheme,
        least(last_day(closings.month_on), {{ yesterday }}) as closed_on,
        labels.state,
        labels.label_ja,
        cast(sum(coalesce(counted.change, 0)) over (
            partition by closings.scope, closings.scheme, labels.state
            order by closings.month_on
        ) as bigint) as customers
    from closings
    inner join labels on closings.scheme = labels.scheme
    left join counted
        on
            closings.scope = counted.scope
            and closings.scheme = counted.scheme
            and labels.state = counted.state
            and closings.month_on = {{ month_of('counted.closed_on') }}
)

select * from filled
