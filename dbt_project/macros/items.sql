{#- Goods as customers know them: a code of the brand is the same thing in each of its shops; without a code the shop's own
    number of it, else its name. Reads brand_id and shop_id of one table, product_code, product_id, variant_id and
    product_name of the same or another. -#}
{% macro item_key_of(shop, goods=none) -%}
    {%- set goods = goods or shop -%}
    coalesce(
        {{ shop }}.brand_id || ':' || {{ goods }}.product_code,
        {{ shop }}.shop_id || ':product:' || {{ goods }}.product_id || coalesce(':' || {{ goods }}.variant_id, ''),
        {{ shop }}.shop_id || ':named:' || {{ goods }}.product_name
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
