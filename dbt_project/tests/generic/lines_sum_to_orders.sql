{#- Nothing of an order's sales_yen is lost or counted twice on its way to the lines. -#}
{% test lines_sum_to_orders(model) %}
with

lines as (
    select
        order_id,
        sum(sales_yen) as sales_yen
    from {{ model }}
    group by order_id
)

select orders.order_id
from {{ ref('fct_orders') }} as orders
left join lines on orders.order_id = lines.order_id
where orders.sales_yen != coalesce(lines.sales_yen, 0)
{% endtest %}
