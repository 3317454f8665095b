{#- Whoever stands in a state at the close of a month came from somewhere, and went somewhere at the next. -#}
{% test transitions_lead_to_counts(model) %}
with

counts as (
    select
        *,
        {{ month_of('closed_on') }} as month_on
    from {{ ref('rpt_state_counts') }}
    where closes_month and customers > 0
),

arrived as (
    select scope, scheme, month_on, to_state as state, sum(customers) as customers
    from {{ model }}
    group by scope, scheme, month_on, to_state
),

left_again as (
    select scope, scheme, {{ months_after('month_on', -1) }} as month_on, from_state as state, sum(customers) as customers
    from {{ model }}
    where from_state != 'unknown'
    group by scope, scheme, month_on, from_state
)

select counts.*
from counts
left join arrived using (scope, scheme, month_on, state)
left join left_again using (scope, scheme, month_on, state)
where
    counts.customers is distinct from arrived.customers
    or (
        counts.month_on < {{ months_after(month_of(as_of()), -1) }}
        and counts.customers is distinct from left_again.customers
    )
{% endtest %}
