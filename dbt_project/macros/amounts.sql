{#- One piece with tax: tax is rounded for each piece, by round, floor or ceil. Reads price_yen, tax_rate and
    is_price_with_tax. -#}
{% macro taxed_yen_of(rounding) -%}
    price_yen
    + case
        when is_price_with_tax then 0
        else cast({{ rounding }}(price_yen * tax_rate / 100) as bigint)
    end
{%- endmacro %}

{#- All pieces from one; the price of a line (price_is) is the line's already. -#}
{% macro pieces_in(quantity) -%} case price_is when 'line' then 1 else {{ quantity }} end {%- endmacro %}

{#- What an order's version carries from its statement through to fct_orders as it is. -#}
{% macro carried_columns() -%}
    {{ return([
        'shop_id', 'brand_id', 'channel', 'payment_method', 'order_type', 'subscription_id', 'subscription_count',
        'replaces_order_id', 'is_test', 'platform_discount_yen', 'total_yen',
    ]) }}
{%- endmacro %}

{#- What int_order_versions_dated turns into the order's amounts and days. -#}
{% macro valued_columns() -%}
    {{ return([
        'ordered_at', 'cancelled_at', 'subtotal_is', 'discount_is', 'subtotal_yen', 'discount_yen', 'postage_yen', 'fee_yen',
        'refunded_yen',
    ]) }}
{%- endmacro %}

{#- Amounts below and from which none lies: where a rule of M has no limit. -#}
{% macro lowest_yen() -%} -1000000000000000 {%- endmacro %}
{% macro highest_yen() -%} 1000000000000000 {%- endmacro %}
