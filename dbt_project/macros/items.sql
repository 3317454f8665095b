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

{#- The part of an order's amount that falls to a line, in whole yen: by the prices of its lines, in equal parts where they
    have none (all free, or one is below zero); the parts add up to the amount. Reads int_order_lines_costed's sums. -#}
{% macro part_of(yen, table) -%}
    cast(
        case
            when {{ table }}.is_priced
                then
                    round({{ yen }} * {{ table }}.yen_so_far / {{ table }}.lines_yen)
                    - round({{ yen }} * ({{ table }}.yen_so_far - {{ table }}.line_yen) / {{ table }}.lines_yen)
            else
                round({{ yen }} * {{ table }}.lines_so_far / {{ table }}.lines_count)
                - round({{ yen }} * ({{ table }}.lines_so_far - 1) / {{ table }}.lines_count)
        end as bigint
    )
{%- endmacro %}
