with

purchase_days as (
    select * from {{ ref('int_purchase_days_counted') }}
),

customers as (
    select * from {{ ref('int_customers_measured') }}
),

first_shipments as (
    select
        'first_shipment' as anchor,
        purchase_days.customer_id,
        purchase_days.brand_id,
        purchase_days.first_order_id || ':' || cast(purchase_days.purchased_on as varchar) as occurrence,
        coalesce(
            purchase_days.first_shipped_on,
            {{ days_after('purchase_days.purchased_on', 2) }}
        ) as anchored_on
    from purchase_days
    inner join customers
        on
            purchase_days.customer_id = customers.customer_id
            and purchase_days.purchased_on = customers.first_purchased_on
    where purchase_days.counts_mail
)

select * from first_shipments
