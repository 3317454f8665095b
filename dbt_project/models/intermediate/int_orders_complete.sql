with

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
    where channel = 'own' and tells_orders
),

shops as (
    select
        brand_id,
        shop_id,
        max(exported_on) as exported_on
    from statements
    group by brand_id, shop_id
),

brands as (
    select
        brand_id,
        min(exported_on) as exported_on
    from shops
    group by brand_id
)

select * from brands
