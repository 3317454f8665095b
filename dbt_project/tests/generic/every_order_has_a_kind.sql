{#- The last of the order_rules has no condition: no order stays without a kind. -#}
{% test every_order_has_a_kind(model) %}
select orders.order_id
from {{ ref('int_orders_judged') }} as orders
where orders.order_id not in (select order_id from {{ model }})
{% endtest %}
