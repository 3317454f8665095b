{%- set levels = {'product': 'item_key', 'family': 'product_family'} -%}

with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null and product_kind = 'regular'
),

days as (
    {% for level, item in levels.items() -%}
    select
        '{{ level }}' as level,
        customer_id,
        {{ item }} as item,
        ordered_on,
        cast(sum(quantity) as bigint) as quantity,
        cast(sum(sales_yen) as bigint) as sales_yen,
        min(order_id) as first_order_id,
        max(order_id) as last_order_id,
        max(days_of_use) as days_of_use
    from lines
    group by customer_id, {{ item }}, ordered_on
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

numbered as (
    select
        *,
        row_number() over story as nth,
        lead(ordered_on) over story as next_ordered_on
    from days
    window story as (partition by level, customer_id, item order by ordered_on)
)

select * from numbered
