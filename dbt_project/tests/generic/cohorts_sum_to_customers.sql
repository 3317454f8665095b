{#- The cohorts of the first purchase are all customers who had bought before the month of the as-of day. -#}
{% test cohorts_sum_to_customers(model) %}
with

cohorts as (
    select coalesce(sum(cohort_size), 0) as customers from {{ model }}
    where anchor_kind = 'first_purchase' and age_basis = 'month' and age = 0
),

buyers as (
    select count(*) as customers from {{ ref('dim_customers') }}
    where first_purchased_on < {{ month_of(as_of()) }}
)

select
    cohorts.customers as of_cohorts,
    buyers.customers
from cohorts
cross join buyers
where cohorts.customers != buyers.customers
{% endtest %}
