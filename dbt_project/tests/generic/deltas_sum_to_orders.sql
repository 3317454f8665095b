{#- The events of an order sum up to what it counts for. -#}
{% test deltas_sum_to_orders(model) %}
with

sums as (
    select
        order_id,
        sum(m_delta_yen) as m_yen,
        sum(sales_delta_yen) as sales_yen
    from {{ model }}
    group by order_id
)

select orders.order_id
from {{ ref('fct_orders') }} as orders
left join sums on orders.order_id = sums.order_id
where orders.m_yen is distinct from sums.m_yen or orders.sales_yen is distinct from sums.sales_yen
{% endtest %}
