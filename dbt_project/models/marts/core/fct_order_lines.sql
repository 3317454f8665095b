with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

kinds as (
    select * from {{ ref('int_orders_classified') }}
),

lines as (
    select * from {{ ref('int_order_lines_priced') }}
),

joined as (
    select
        lines.line_id,
        lines.order_id,
        orders.ordered_on,
        orders.is_in_force and kinds.counts_n as is_valid,
        lines.line_kind,
        lines.product_id,
        lines.variant_id,
        lines.product_code,
        lines.product_name,
        lines.option_value1,
        lines.option_value2,
        lines.quantity,
        lines.tax_rate,
        lines.unit_yen,
        lines.line_yen,
        lines.line_discount_yen,
        case when lines.shipped_on < {{ as_of() }} then lines.shipped_on end as shipped_on
    from lines
    inner join orders on lines.order_id = orders.order_id and lines.file_sha256 = orders.line_file_sha256
    inner join kinds on lines.order_id = kinds.order_id
)

select * from joined
