with

orders as (
    select * from {{ ref('fct_orders') }}
    where
        counts_n
        and (is_valid or order_state = 'returned')
        and {{ days_after('ordered_on', var('return_days')) }} < {{ as_of() }}
),

lines as (
    select * from {{ ref('fct_order_lines') }}
    where line_kind = 'product'
),

refunds as (
    select
        line_id,
        sum(quantity) as quantity
    from {{ ref('stg_shops__refunds') }}
    where quantity > 0 and coalesce(refunded_on, stated_on) < {{ as_of() }}
    group by line_id
),

names as (
    select * from {{ ref('int_items_named') }}
    where level = 'product'
),

sold as (
    select
        orders.order_id,
        orders.brand_id,
        orders.shop_id,
        lines.product_id,
        lines.variant_id,
        lines.product_code,
        lines.product_name,
        lines.quantity,
        case orders.order_state
            when 'returned' then lines.quantity
            else least(coalesce(refunds.quantity, 0), lines.quantity)
        end as returned_quantity
    from orders
    inner join lines on orders.order_id = lines.order_id
    left join refunds on lines.line_id = refunds.line_id
    where lines.quantity > 0
),

counted as (
    select
        coalesce({{ item_key_of('sold') }}, 'unknown') as item,
        count(distinct sold.order_id) as orders,
        count(distinct case when sold.returned_quantity > 0 then sold.order_id end) as orders_returned,
        cast(sum(sold.quantity) as bigint) as pieces,
        cast(sum(sold.returned_quantity) as bigint) as pieces_returned
    from sold
    group by coalesce({{ item_key_of('sold') }}, 'unknown')
),

rated as (
    select
        counted.item,
        coalesce(names.item_name, counted.item) as item_name,
        counted.orders,
        counted.orders_returned,
        round(counted.orders_returned / counted.orders, 6) as order_return_rate,
        counted.pieces,
        counted.pieces_returned,
        round(counted.pieces_returned / counted.pieces, 6) as piece_return_rate
    from counted
    left join names on counted.item = names.item
)

select * from rated
