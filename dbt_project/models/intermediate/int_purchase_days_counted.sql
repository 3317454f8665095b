with

orders as (
    select * from {{ ref('int_orders_judged') }}
    where counted_until > ordered_on
),

kinds as (
    select * from {{ ref('int_orders_classified') }}
    where counts_n
),

shipments as (
    select * from {{ ref('int_orders_shipped') }}
),

customers as (
    select * from {{ ref('int_customers_clustered') }}
),

purchases as (
    select
        customers.customer_id,
        orders.brand_id,
        orders.order_id,
        orders.ordered_at,
        orders.ordered_on,
        orders.counted_until,
        orders.is_in_force,
        kinds.counts_mail,
        shipments.shipped_on
    from orders
    inner join kinds on orders.order_id = kinds.order_id
    inner join customers on orders.person_key = customers.person_key
    left join shipments on orders.order_id = shipments.order_id
),

purchase_days as (
    select
        customer_id,
        ordered_on as purchased_on,
        max(counted_until) as counted_until,
        bool_or(is_in_force) as is_valid,
        min_by(order_id, row(ordered_at, order_id)) as first_order_id,
        min_by(brand_id, row(ordered_at, order_id)) as brand_id,
        min(shipped_on) as first_shipped_on,
        bool_or(counts_mail) as counts_mail,
        count(*) filter (where is_in_force) as orders
    from purchases
    group by customer_id, ordered_on
)

select * from purchase_days
