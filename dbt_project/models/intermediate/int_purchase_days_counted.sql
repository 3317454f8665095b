with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

lines as (
    select * from {{ ref('stg_eccube__order_lines') }}
),

customers as (
    select * from {{ ref('int_customers_clustered') }}
),

shipments as (
    select
        order_id,
        min(shipped_on) as shipped_on
    from lines
    where shipped_on < {{ as_of() }}
    group by order_id
),

purchases as (
    select
        customers.customer_id,
        orders.brand_id,
        orders.order_id,
        orders.ordered_at,
        orders.ordered_on,
        orders.counted_until,
        orders.is_valid,
        shipments.shipped_on
    from orders
    inner join customers on orders.person_key = customers.person_key
    left join shipments on orders.order_id = shipments.order_id
    where orders.was_ever_counted
),

purchase_days as (
    select
        customer_id,
        ordered_on as purchased_on,
        max(counted_until) as counted_until,
        bool_or(is_valid) as is_valid,
        min_by(order_id, row(ordered_at, order_id)) as first_order_id,
        min_by(brand_id, row(ordered_at, order_id)) as brand_id,
        min(shipped_on) as first_shipped_on,
        count(*) filter (where is_valid) as orders
    from purchases
    group by customer_id, ordered_on
)

select * from purchase_days
