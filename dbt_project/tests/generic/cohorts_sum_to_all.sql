{#- The months add up to all, the types of purchase too, and those whose F2 is asked for are all who have ever bought. -#}
{% test cohorts_sum_to_all(model) %}
with

sums as (
    select
        step,
        window_days,
        sum(customers) filter (where cohort = 'all' and purchase_type = 'all') as customers,
        sum(customers) filter (where cohort = 'all' and purchase_type != 'all') as of_types,
        sum(customers) filter (where cohort != 'all' and purchase_type = 'all') as of_months,
        sum(converted) filter (where cohort = 'all' and purchase_type = 'all') as converted,
        sum(converted) filter (where cohort != 'all' and purchase_type != 'all') as converted_of_parts
    from {{ model }}
    group by step, window_days
),

buyers as (
    select count(*) as customers from {{ ref('dim_customers') }}
    where purchase_days > 0
)

select sums.*
from sums
cross join buyers
where
    sums.customers is distinct from sums.of_types
    or sums.customers is distinct from sums.of_months
    or sums.converted is distinct from sums.converted_of_parts
    or (sums.step = 2 and sums.customers != buyers.customers)
{% endtest %}
