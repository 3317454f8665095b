with

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid and customer_id is not null
),

lines as (
    select * from {{ ref('fct_order_lines') }}
    where line_kind = 'product'
),

products as (
    select * from {{ ref('int_products_combined') }}
    where product_category is not null and coalesce(product_kind, 'regular') = 'regular'
),

lines_in_categories as (
    select
        orders.customer_id,
        orders.ordered_on,
        products.product_category,
        lines.line_yen - lines.line_discount_yen as line_yen
    from lines
    inner join orders on lines.order_id = orders.order_id
    inner join products
        on
            orders.shop_id || ':product:'
            || coalesce(lines.product_code, lines.product_id || coalesce(':' || lines.variant_id, ''))
            = products.product_key
            and lines.ordered_on >= products.valid_from
            and lines.ordered_on < products.valid_to
),

bought as (
    select
        product_category,
        customer_id,
        {{ days_between('max(ordered_on)', as_of()) }} as days_since,
        count(distinct ordered_on) as purchase_days,
        cast(sum(line_yen) as bigint) as m_yen
    from lines_in_categories
    group by product_category, customer_id
)

select * from bought
