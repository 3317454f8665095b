{%- set kinds = [
    ('trial', 'お試し'), ('sample', 'サンプル'), ('insert', 'ノベルティ・同梱物'), ('wrapping', '包装')
] -%}

with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

lines as (
    select * from {{ ref('int_order_lines_priced') }}
    where line_kind = 'product'
),

products as (
    select * from {{ ref('int_products_combined') }}
    where product_kind is not null
),

ranked as (
    select
        orders.order_id,
        case
            {% for kind, label in kinds -%}
            when products.product_kind in ('{{ kind }}', '{{ label }}') then {{ loop.index + 1 }}
            {% endfor -%}
            else 1
        end as kind_rank
    from orders
    inner join lines
        on orders.order_id = lines.order_id and orders.line_file_sha256 = lines.file_sha256
    left join products
        on
            orders.shop_id || ':product:'
            || coalesce(lines.product_code, lines.product_id || coalesce(':' || lines.variant_id, ''))
            = products.product_key
            and orders.ordered_on >= products.valid_from
            and orders.ordered_on < products.valid_to
),

most_important as (
    select
        order_id,
        case min(kind_rank)
            {% for kind, label in kinds -%}
            when {{ loop.index + 1 }} then '{{ kind }}'
            {% endfor -%}
            else 'regular'
        end as product_kind
    from ranked
    group by order_id
)

select * from most_important
