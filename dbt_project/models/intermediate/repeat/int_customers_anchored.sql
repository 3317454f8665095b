{%- set kinds = [('product', 'product_code'), ('family', 'product_family'), ('category', 'product_category')] -%}

with

anchors as (
    select * from {{ ref('cohort_anchors') }}
),

found as (
    {% for kind, column in kinds -%}
    select
        anchors.anchor_kind,
        lines.{{ column }} as anchor,
        lines.customer_id,
        lines.ordered_on
    from {{ ref('int_order_lines_costed') }} as lines
    inner join anchors on anchors.anchor_kind = '{{ kind }}' and coalesce(lines.{{ column }} = anchors.anchor, true)
    where lines.is_valid and lines.customer_id is not null and lines.{{ column }} is not null
    union all
    {% endfor -%}
    select
        anchors.anchor_kind,
        orders.medium_id as anchor,
        orders.customer_id,
        orders.ordered_on
    from {{ ref('int_orders_attributed') }} as orders
    inner join anchors on anchors.anchor_kind = 'medium' and coalesce(orders.medium_id = anchors.anchor, true)
    where orders.is_valid and orders.customer_id is not null
),

anchored as (
    select
        anchor_kind,
        anchor,
        customer_id,
        min(ordered_on) as anchored_on
    from found
    group by anchor_kind, anchor, customer_id
)

select * from anchored
