{%- set carried = [
    'orders.order_id', 'orders.customer_id', 'orders.brand_id', 'orders.shop_id', 'orders.channel', 'orders.order_kind',
    'orders.is_valid', 'orders.ordered_on', 'orders.shipped_on', 'orders.sales_yen'
] -%}

with

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid or sales_yen != 0
),

lines as (
    select * from {{ ref('fct_order_lines') }}
    where line_kind = 'product'
),

items as (
    select * from {{ ref('int_items_described') }}
),

joined as (
    select
        {{ carried | join(', ') }},
        case orders.channel when 'own' then orders.points_used_yen else 0 end as points_yen,
        coalesce(lines.line_id, orders.order_id) as line_id,
        lines.product_code,
        lines.product_name,
        lines.tax_rate,
        {{ item_key_of('orders', 'lines') }} as item_key,
        coalesce(lines.quantity, 0) as quantity,
        coalesce(lines.line_yen, 0) as line_yen
    from orders
    left join lines on orders.order_id = lines.order_id
),

summed as (
    select
        *,
        min(line_yen) over whole >= 0 and sum(line_yen) over whole > 0 as is_priced,
        sum(line_yen) over whole as lines_yen,
        count(*) over whole as lines_count,
        sum(line_yen) over so_far as yen_so_far,
        row_number() over so_far as lines_so_far
    from joined
    window
        whole as (partition by order_id),
        so_far as (partition by order_id order by line_id rows unbounded preceding)
),

described as (
    select
        summed.line_id, summed.order_id, summed.customer_id, summed.brand_id, summed.shop_id, summed.channel,
        summed.order_kind, summed.is_valid, summed.ordered_on, summed.shipped_on,
        summed.item_key, summed.product_code, summed.quantity, summed.line_yen, items.days_of_use,
        coalesce(summed.product_name, items.product_name) as product_name,
        coalesce(items.product_family, summed.product_code, summed.item_key, 'unknown') as product_family,
        coalesce(items.product_category, 'unknown') as product_category,
        case when summed.item_key is null then 'unknown' else coalesce(items.product_kind, 'regular') end
            as product_kind,
        {{ part_of('summed.sales_yen', 'summed') }} as sales_yen,
        {{ part_of('summed.points_yen', 'summed') }} as own_points_yen,
        coalesce(nullif(summed.tax_rate, 0), items.tax_rate, {{ var('tax_rate') }}) as tax_rate,
        cast(round(items.cost_ex_tax * summed.quantity) as bigint) as cost_ex_tax_yen
    from summed
    left join items
        on
            summed.item_key = items.item_key
            and summed.ordered_on >= items.valid_from and summed.ordered_on < items.valid_to
),

costed as (
    select
        *,
        {{ without_tax('sales_yen', 'tax_rate') }} as sales_ex_tax_yen,
        {{ without_tax('sales_yen', 'tax_rate') }} - own_points_yen - cost_ex_tax_yen as gross_profit_ex_tax_yen
    from described
)

select * from costed
