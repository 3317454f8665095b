with

buyers as (
    select count(distinct customer_id) as customers
    from {{ ref('int_order_lines_costed') }}
    where is_valid and product_kind = 'regular'
),

cohorts as (
    select
        window_days,
        sum(customers) filter (where cohort = 'all') as all_customers,
        sum(customers) filter (where cohort != 'all') as customers
    from {{ ref('rpt_family_breadth') }}
    group by window_days
)

select cohorts.window_days
from cohorts
cross join buyers
where cohorts.customers != buyers.customers or cohorts.all_customers != buyers.customers
