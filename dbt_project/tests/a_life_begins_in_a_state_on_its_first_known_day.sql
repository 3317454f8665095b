with

customers as (
    select * from {{ ref('int_customers_scoped') }}
),

schemes as (
    select * from {{ ref('state_schemes') }}
    where is_in_use
),

lives as (
    select
        scope,
        scheme,
        customer_id,
        min(valid_from) as started_on
    from {{ ref('fct_customer_states') }}
    group by scope, scheme, customer_id
)

select
    customers.scope,
    schemes.scheme,
    customers.customer_id
from customers
cross join schemes
left join lives
    on customers.scope = lives.scope and customers.customer_id = lives.customer_id and schemes.scheme = lives.scheme
where lives.started_on is distinct from customers.known_on
