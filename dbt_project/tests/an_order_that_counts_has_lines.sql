{#- A cart with two files (Yahoo!) whose item file has not come yet: its orders would look like samples. -#}
{{ config(severity='warn') }}

select
    orders.order_id,
    orders.shop_id
from {{ ref('fct_orders') }} as orders
left join {{ ref('fct_order_lines') }} as lines on orders.order_id = lines.order_id
where
    orders.order_state in ('active', 'fulfilled')
    and lines.order_id is null
