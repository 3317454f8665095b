{#- For each brand and purpose every customer is counted exactly once. -#}
{% test sums_to_customers(model) %}
with

purposes as (
    select distinct
        brand_id,
        purpose
    from {{ ref('mail_eligibility') }}
),

counted as (
    select
        brand_id,
        purpose,
        sum(customers) as customers
    from {{ model }}
    group by brand_id, purpose
)

select
    purposes.brand_id,
    purposes.purpose
from purposes
left join counted on purposes.brand_id = counted.brand_id and purposes.purpose = counted.purpose
where counted.customers is distinct from (select count(*) from {{ ref('dim_customers') }})
{% endtest %}
