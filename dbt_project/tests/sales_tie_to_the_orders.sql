-- New, repeat and unknown are all: of the orders, of what was shipped, day by day as by product.
with

told as (
    select
        'days' as told_by,
        date_basis,
        sum(sales_yen) as sales_yen
    from {{ ref('rpt_sales_daily') }}
    group by date_basis
    union all
    select
        'products' as told_by,
        date_basis,
        sum(sales_yen) as sales_yen
    from {{ ref('rpt_product_sales_daily') }}
    group by date_basis
),

orders as (
    select
        sum(sales_yen) as ordered_yen,
        sum(sales_yen) filter (where shipped_on is not null) as shipped_yen
    from {{ ref('fct_orders') }}
)

select told.*
from told
cross join orders
where told.sales_yen != case told.date_basis when 'order' then orders.ordered_yen else orders.shipped_yen end
