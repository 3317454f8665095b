with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where item_key is not null
),

items as (
    select
        item_key,
        max_by(product_name, row(ordered_on, line_id)) as item_name,
        max_by(product_family, row(ordered_on, line_id)) as product_family,
        max_by(product_category, row(ordered_on, line_id)) as product_category,
        max_by(product_kind, row(ordered_on, line_id)) as product_kind
    from lines
    group by item_key
),

named as (
    select
        'product' as level,
        item_key as item,
        item_name,
        product_family,
        product_category,
        product_kind
    from items
    union all
    select
        'family' as level,
        product_family as item,
        product_family as item_name,
        product_family,
        min(product_category) as product_category,
        min(product_kind) as product_kind
    from items
    group by product_family
)

select * from named
