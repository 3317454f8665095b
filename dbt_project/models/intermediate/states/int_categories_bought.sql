with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null and product_kind = 'regular'
),

bought as (
    select
        product_category,
        customer_id,
        {{ days_between('max(ordered_on)', as_of()) }} as days_since,
        count(distinct ordered_on) as purchase_days,
        cast(sum(sales_yen) as bigint) as m_yen
    from lines
    group by product_category, customer_id
)

select * from bought
