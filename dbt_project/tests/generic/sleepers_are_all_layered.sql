{#- Every customer beyond the first depth stands in one cell. -#}
{% test sleepers_are_all_layered(model) %}
with

counted as (
    select
        scope,
        sum(customers) as customers
    from {{ model }}
    group by scope
),

asleep as (
    select
        scope,
        count(*) as customers
    from {{ ref('int_customers_standing') }}
    where days_since >= (select min(days_from) from {{ ref('dormant_actions') }})
    group by scope
)

select counted.scope
from counted
left join asleep on counted.scope = asleep.scope
where counted.customers != coalesce(asleep.customers, 0)
{% endtest %}
