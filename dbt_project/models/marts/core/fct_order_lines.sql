with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

lines as (
    select * from {{ ref('stg_eccube__order_lines') }}
),

kinds as (
    select * from {{ ref('eccube_line_kinds') }}
),

taxed as (
    select
        lines.*,
        coalesce(kinds.line_kind, 'unmapped') as line_kind,
        case
            when kinds.is_price_with_tax then lines.price_yen
            else lines.price_yen + cast({{ tax_rounded('lines.price_yen * lines.tax_rate / 100') }} as bigint)
        end as unit_yen
    from lines
    left join kinds on lines.line_kind_id = kinds.line_kind_id
),

joined as (
    select
        taxed.line_id,
        taxed.order_id,
        orders.ordered_on,
        orders.is_valid,
        taxed.line_kind,
        taxed.product_id,
        taxed.variant_id,
        taxed.product_code,
        taxed.product_name,
        taxed.option_value1,
        taxed.option_value2,
        taxed.quantity,
        taxed.tax_rate,
        taxed.unit_yen,
        taxed.unit_yen * taxed.quantity as line_yen,
        case when taxed.shipped_on < {{ as_of() }} then taxed.shipped_on end as shipped_on
    from taxed
    inner join orders on taxed.order_id = orders.order_id
)

select * from joined
