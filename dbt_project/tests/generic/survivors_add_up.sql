{#- The months add up to all, F1 is everybody who has bought, and who continued stands under the next number. -#}
{% test survivors_add_up(model) %}
with

steps as (
    select
        cohort,
        departure_days,
        purchase_number,
        customers,
        continued,
        lead(customers, 1, 0) over (partition by cohort, departure_days order by purchase_number) as next_customers
    from {{ model }}
),

sums as (
    select
        departure_days,
        purchase_number,
        sum(customers) filter (where cohort = 'all') as customers,
        sum(customers) filter (where cohort != 'all') as of_months
    from steps
    group by departure_days, purchase_number
),

buyers as (
    select count(*) as customers from {{ ref('dim_customers') }}
    where purchase_days > 0
)

select sums.purchase_number
from sums
cross join buyers
where sums.customers is distinct from sums.of_months or (sums.purchase_number = 1 and sums.customers != buyers.customers)
union all
select purchase_number from steps
where continued != next_customers
{% endtest %}
