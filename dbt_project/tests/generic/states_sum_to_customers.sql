{#- At every close each customer that the scope knew by then stands in exactly one state of each scheme. -#}
{% test states_sum_to_customers(model) %}
with

counted as (
    select
        scope,
        scheme,
        closed_on,
        sum(customers) as customers
    from {{ model }}
    group by scope, scheme, closed_on
),

newly_known as (
    select
        scope,
        known_on,
        count(*) as customers
    from {{ ref('int_customers_scoped') }}
    group by scope, known_on
),

compared as (
    select
        counted.scope,
        counted.scheme,
        counted.closed_on,
        counted.customers,
        sum(coalesce(newly_known.customers, 0)) over (
            partition by counted.scope, counted.scheme order by counted.closed_on
        ) as expected_customers
    from counted
    left join newly_known on counted.scope = newly_known.scope and counted.closed_on = newly_known.known_on
)

select * from compared
where customers != expected_customers
{% endtest %}
