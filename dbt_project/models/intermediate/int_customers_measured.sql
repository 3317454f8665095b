with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

purchase_days as (
    select * from {{ ref('int_purchase_days_counted') }}
    where is_valid
),

customers as (
    select
        customer_id,
        min(registered_on) as registered_on,
        min(known_on) as known_on
    from person_keys
    group by customer_id
),

purchases as (
    select
        customer_id,
        count(*) as purchase_days,
        cast(sum(orders) as bigint) as orders,
        min(purchased_on) as first_purchased_on,
        max(purchased_on) as last_purchased_on
    from purchase_days
    group by customer_id
),

measured as (
    select
        customers.*,
        coalesce(purchases.purchase_days, 0) as purchase_days,
        coalesce(purchases.orders, 0) as orders,
        purchases.first_purchased_on,
        purchases.last_purchased_on
    from customers
    left join purchases on customers.customer_id = purchases.customer_id
)

select * from measured
