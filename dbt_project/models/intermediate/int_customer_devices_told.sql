with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

devices as (
    select * from {{ ref('stg_shops__order_devices') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

newest as (
    select
        person_keys.customer_id,
        max_by(devices.device, row(orders.ordered_at, orders.order_id)) as device
    from orders
    inner join devices on orders.order_id = devices.order_id and orders.order_file_sha256 = devices.file_sha256
    inner join person_keys on orders.person_key = person_keys.person_key
    group by person_keys.customer_id
)

select * from newest
