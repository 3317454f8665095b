{%- set levels = {'product': 'item_key', 'family': 'product_family'} -%}

with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and product_kind = 'regular'
),

bought as (
    select * from {{ ref('int_items_bought') }}
),
{% for level, item in levels.items() %}
customer_{{ level }}s as (
    select
        customer_id as basket,
        item,
        min(first_order_id) as first_order_id,
        max(last_order_id) as last_order_id
    from bought
    where level = '{{ level }}'
    group by customer_id, item
),

order_{{ level }}s as (
    select distinct
        order_id as basket,
        {{ item }} as item,
        order_id as first_order_id,
        order_id as last_order_id
    from lines
),
{% for unit in ['customer', 'order'] %}
{{ unit }}_{{ level }}_sizes as (
    select
        basket,
        count(*) as items,
        min(item) as first_item
    from {{ unit }}_{{ level }}s
    group by basket
),
{% endfor -%}
{% endfor %}
sized as (
    {% for level in levels -%}
    {% for unit in ['customer', 'order'] -%}
    select
        '{{ unit }}' as unit,
        '{{ level }}' as level,
        {{ unit }}_{{ level }}s.*,
        sizes.items,
        {{ unit }}_{{ level }}s.item = sizes.first_item as is_first
    from {{ unit }}_{{ level }}s
    inner join {{ unit }}_{{ level }}_sizes as sizes on {{ unit }}_{{ level }}s.basket = sizes.basket
    where sizes.items <= {{ var('basket_items') }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from sized
