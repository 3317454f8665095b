{{ config(severity='warn') }}

with

lines as (
    select
        order_id,
        sum(line_yen) as lines_yen
    from {{ ref('fct_order_lines') }}
    where line_kind = 'product'
    group by order_id
)

select
    orders.order_id,
    orders.goods_yen,
    lines.lines_yen
from {{ ref('fct_orders') }} as orders
inner join lines on orders.order_id = lines.order_id
where orders.goods_yen != lines.lines_yen
