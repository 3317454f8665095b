with

customers as (
    select * from {{ ref('dim_customers') }}
),

lives as (
    select
        scheme,
        customer_id,
        min(valid_from) as started_on
    from {{ ref('fct_customer_states') }}
    group by scheme, customer_id
)

select
    customers.customer_id,
    lives.scheme
from customers
left join lives on customers.customer_id = lives.customer_id
where lives.started_on is distinct from customers.known_on
