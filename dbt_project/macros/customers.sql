{#- 新規, リピート or nobody: an order of the first purchase day, of nobody's first day yet or of a later one; `orders` has
    customer_id and ordered_on, `customers` is dim_customers, joined from the left. -#}
{% macro customer_class_of(orders, customers) -%}
    case
        when {{ orders }}.customer_id is null then 'unknown'
        when {{ customers }}.first_purchased_on < {{ orders }}.ordered_on then 'repeat'
        else 'new'
    end
{%- endmacro %}
