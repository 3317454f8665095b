with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

lines as (
    select * from {{ ref('int_order_lines_priced') }}
),

shipments as (
    select * from {{ ref('stg_shops__shipments') }}
),

days as (
    select
        orders.order_id,
        lines.shipped_on
    from orders
    inner join lines on orders.order_id = lines.order_id and orders.line_file_sha256 = lines.file_sha256
    union all
    select
        order_id,
        shipped_on
    from shipments
),

first_days as (
    select
        order_id,
        min(shipped_on) as shipped_on
    from days
    where shipped_on < {{ as_of() }}
    group by order_id
)

select * from first_days
