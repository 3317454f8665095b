{#- The cells by which a feed's rules tell the state of an order. -#}
{% macro state_columns() -%}
    {{ return(['feed', 'status', 'payment_status', 'shipment_status', 'payment_method', 'is_cancelled']) }}
{%- endmacro %}

{#- Two tables agree in all of some columns, a blank with a blank. -#}
{% macro is_same(columns, left, right) -%}
    {%- for column in columns -%}
    {{ left }}.{{ column }} is not distinct from {{ right }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
