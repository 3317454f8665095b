{#- At the last close every customer stands in exactly one state of each scheme. -#}
{% test states_sum_to_customers(model) %}
with

counted as (
    select
        scope,
        scheme,
        sum(customers) as customers
    from {{ model }}
    where closed_on = {{ days_after(as_of(), -1) }}
    group by scope, scheme
)

select * from counted
where customers != (select count(*) from {{ ref('dim_customers') }})
{% endtest %}
