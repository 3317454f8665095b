with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null
),

days as (
    select
        customer_id,
        ordered_on as purchased_on,
        min(brand_id) as brand_id,
        case
            when bool_or(order_kind in ('subscription', 'assortment')) then 'subscription' else 'single'
        end as purchase_type,
        cast(sum(sales_yen) as bigint) as sales_yen,
        cast(sum(sales_ex_tax_yen) as bigint) as sales_ex_tax_yen,
        cast(coalesce(sum(gross_profit_ex_tax_yen), 0) as bigint) as gross_profit_ex_tax_yen,
        cast(coalesce(sum(sales_ex_tax_yen) filter (where gross_profit_ex_tax_yen is null), 0) as bigint)
            as uncosted_sales_ex_tax_yen
    from lines
    group by customer_id, ordered_on
),

numbered as (
    select
        customer_id,
        purchased_on,
        row_number() over life as purchase_number,
        min(purchased_on) over life as first_purchased_on,
        lag(purchased_on) over life as previous_purchased_on,
        lead(purchased_on) over life as next_purchased_on,
        brand_id,
        purchase_type,
        sales_yen,
        sales_ex_tax_yen,
        gross_profit_ex_tax_yen,
        uncosted_sales_ex_tax_yen
    from days
    window life as (partition by customer_id order by purchased_on)
)

select * from numbered
