{{ config(materialized='view') }}

with

brands as (
    select distinct scope from {{ ref('int_brands_scoped') }}
),

orders as (
    select
        *,
        case when is_valid then {{ open_end() }} else voided_on end as counted_until
    from {{ ref('fct_orders') }}
    where counts_n and customer_id is not null
),

scoped as (
    select
        'all' as scope,
        customer_id,
        purchased_on,
        counted_until,
        is_valid
    from {{ ref('int_purchase_days_counted') }}
    union all
    select
        brands.scope,
        orders.customer_id,
        orders.ordered_on as purchased_on,
        max(orders.counted_until) as counted_until,
        bool_or(orders.is_valid) as is_valid
    from orders
    inner join brands on orders.brand_id = brands.scope
    where orders.counted_until > orders.ordered_on
    group by brands.scope, orders.customer_id, orders.ordered_on
)

select * from scoped
