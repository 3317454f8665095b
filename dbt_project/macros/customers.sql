{#- 新規, リピート or nobody: an order of the first purchase day, of nobody's first day yet or of a later one; `orders` has
    customer_id and ordered_on, `customers` is dim_customers, joined from the left. -#}
{% macro customer_class_of(orders, customers) -%}
    case
        when {{ orders }}.customer_id is null then 'unknown'
        when {{ customers }}.first_purchased_on < {{ orders }}.ordered_on then 'repeat'
        else 'new'
    end
{%- endmacro %}

{#- How long after `start` a day lies, in whole steps of `age_basis`: calendar months or thirty days, 0 for the first. -#}
{% macro age_of(start, day) -%}
    case age_basis
        when 'month' then {{ months_between(start, day) }}
        else {{ bucket_of(days_between(start, day), 30) }}
    end
{%- endmacro %}
