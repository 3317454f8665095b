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
        orders.*,
        coalesce(lines.line_id, orders.order_id) as line_id,
        lines.product_id,
        lines.variant_id,
        lines.product_code,
        lines.product_name,
        lines.tax_rate,
        coalesce(lines.quantity, 0) as quantity,
        coalesce(lines.line_yen, 0) as line_yen
    from orders
    left join lines on orders.order_id = lines.order_id
),

totalled as (
    select
        *,
        min(line_yen) over whole >= 0 and sum(line_yen) over whole > 0 as is_priced,
        sum(line_yen) over whole as lines_yen,
        count(*) over whole as lines_count
    from joined
    window whole as (partition by order_id)
),

weighed as (
    select
        *,
        case when is_priced then line_yen else 1 end as weight,
        case when is_priced then lines_yen else lines_count end as weights,
        sum(case when is_priced then line_yen else 1 end) over (
            partition by order_id order by line_id rows unbounded preceding
        ) as weight_so_far
    from totalled
),

shared as (
    select
        weighed.*,
        {{ item_key_of('weighed') }} as item_key,
        {{ part_of('sales_yen', 'weight', 'weight_so_far', 'weights') }} as line_sales_yen,
        case when channel = 'own' then {{ part_of('points_used_yen', 'weight', 'weight_so_far', 'weights') }} else 0 end
            as own_points_yen
    from weighed
),

described as (
    select
        shared.line_id, shared.order_id, shared.customer_id, shared.brand_id, shared.shop_id, shared.channel,
        shared.order_kind, shared.is_valid, shared.ordered_on, shared.shipped_on,
        shared.item_key, shared.product_code,
        coalesce(shared.product_name, items.product_name) as product_name,
        coalesce(items.product_family, shared.product_code, shared.item_key, 'unknown') as product_family,
        coalesce(items.product_category, 'unknown') as product_category,
        case when shared.item_key is null then 'unknown' else coalesce(items.product_kind, 'regular') end as product_kind,
        items.days_of_use,
        shared.quantity,
        shared.line_yen,
        shared.line_sales_yen as sales_yen,
        coalesce(nullif(shared.tax_rate, 0), items.tax_rate, {{ var('tax_rate') }}) as tax_rate,
        shared.own_points_yen,
        cast(round(items.cost_ex_tax * shared.quantity) as bigint) as cost_ex_tax_yen
    from shared
    left join items
        on
            shared.item_key = items.item_key
            and shared.ordered_on >= items.valid_from
            and shared.ordered_on < items.valid_to
),

costed as (
    select
        *,
        {{ without_tax('sales_yen', 'tax_rate') }} as sales_ex_tax_yen,
        {{ without_tax('sales_yen', 'tax_rate') }} - own_points_yen - cost_ex_tax_yen as gross_profit_ex_tax_yen
    from described
)

select * from costed
