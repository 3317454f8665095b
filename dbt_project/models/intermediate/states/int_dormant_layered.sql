with

customers as (
    select * from {{ ref('int_customers_standing') }}
),

layers as (
    select * from {{ ref('dormant_layers') }}
),

actions as (
    select * from {{ ref('dormant_actions') }}
),

fitted as (
    select
        customers.scope,
        customers.customer_id,
        min(layers.rank) as rank
    from customers
    inner join layers
        on
            coalesce(customers.purchase_days >= layers.n_from, true)
            and coalesce(customers.m_yen >= layers.m_from, true)
            and coalesce(customers.tenure_days >= layers.tenure_from, true)
    group by customers.scope, customers.customer_id
),

layered as (
    select
        customers.scope,
        customers.customer_id,
        customers.last_purchased_on,
        customers.days_since,
        customers.purchase_days,
        customers.tenure_days,
        customers.m_yen,
        actions.layer,
        actions.days_from,
        actions.action
    from customers
    inner join fitted on customers.scope = fitted.scope and customers.customer_id = fitted.customer_id
    inner join layers on fitted.rank = layers.rank
    inner join actions
        on
            layers.layer = actions.layer
            and customers.days_since >= actions.days_from
            and coalesce(customers.days_since < actions.days_to, true)
)

select * from layered
