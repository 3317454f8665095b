{#- Goods as customers know them: a code of the brand is the same thing in each of its shops; without a code the shop's own
    number of it, else its name. Reads brand_id, shop_id, product_code, product_id, variant_id and product_name. -#}
{% macro item_key_of(table) -%}
    coalesce(
        {{ table }}.brand_id || ':' || {{ table }}.product_code,
        {{ table }}.shop_id || ':product:' || {{ table }}.product_id || coalesce(':' || {{ table }}.variant_id, ''),
        {{ table }}.shop_id || ':named:' || {{ table }}.product_name
    )
{%- endmacro %}

{#- What is left of an amount without the tax in it, whole yen; tax_rate in percent. -#}
{% macro without_tax(yen, tax_rate) -%}
    cast(round({{ yen }} * 100 / (100 + {{ tax_rate }})) as bigint)
{%- endmacro %}

{#- The part of a whole amount that falls to a row, in whole yen: the parts of all rows add up to it. `so_far` is the sum of
    the rows' weights up to and with this one. -#}
{% macro part_of(yen, weight, so_far, weights) -%}
    cast(
        round({{ yen }} * {{ so_far }} / {{ weights }}) - round({{ yen }} * ({{ so_far }} - {{ weight }}) / {{ weights }})
        as bigint
    )
{%- endmacro %}
