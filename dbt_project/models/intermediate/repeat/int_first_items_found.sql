with

purchases as (
    select * from {{ ref('int_purchase_days_numbered') }}
    where purchase_number = 1
),

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null and product_kind in ('regular', 'trial')
),

bought as (
    select
        lines.item_key,
        purchases.customer_id,
        cast({{ days_between('purchases.purchased_on', 'purchases.next_purchased_on') }} as bigint) as days_to_next
    from lines
    inner join purchases on lines.customer_id = purchases.customer_id and lines.ordered_on = purchases.purchased_on
    group by
        lines.item_key, purchases.customer_id,
        {{ days_between('purchases.purchased_on', 'purchases.next_purchased_on') }}
)

select * from bought
