{%- set group = ['item_key', 'product_family', 'product_category', 'product_kind', 'customer_class'] -%}

with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

classed as (
    select
        lines.ordered_on,
        lines.shipped_on,
        coalesce(lines.item_key, 'unknown') as item_key,
        lines.product_family,
        lines.product_category,
        lines.product_kind,
        lines.quantity,
        lines.sales_yen,
        lines.sales_ex_tax_yen,
        lines.gross_profit_ex_tax_yen,
        {{ customer_class_of('lines', 'customers') }} as customer_class
    from lines
    left join customers on lines.customer_id = customers.customer_id
),

daily as (
    select
        ordered_on,
        shipped_on,
        {{ group | join(', ') }},
        sum(quantity) as quantity,
        sum(sales_yen) as sales_yen,
        sum(sales_ex_tax_yen) as sales_ex_tax_yen,
        coalesce(sum(gross_profit_ex_tax_yen), 0) as gross_profit_ex_tax_yen,
        coalesce(sum(sales_ex_tax_yen) filter (where gross_profit_ex_tax_yen is null), 0) as uncosted_sales_ex_tax_yen
    from classed
    group by ordered_on, shipped_on, {{ group | join(', ') }}
),

based as (
    select
        *,
        'order' as date_basis,
        ordered_on as sold_on
    from daily
    union all
    select
        *,
        'ship' as date_basis,
        shipped_on as sold_on
    from daily
    where shipped_on is not null
),

summed as (
    select
        date_basis,
        sold_on,
        {{ group | join(', ') }},
        {%- for yen in ['sales_yen', 'sales_ex_tax_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen'] %}
        cast(sum({{ yen }}) as bigint) as {{ yen }},
        {%- endfor %}
        cast(sum(quantity) as bigint) as quantity
    from based
    group by date_basis, sold_on, {{ group | join(', ') }}
)

select * from summed
