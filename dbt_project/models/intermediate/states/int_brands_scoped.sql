with

shops as (
    select distinct
        brand_id,
        shop_id
    from {{ ref('fct_orders') }}
),

brands as (
    select brand_id from shops
    group by brand_id
),

scoped as (
    select
        brand_id as scope,
        shop_id
    from shops
    where (select count(*) from brands) > 1
)

select * from scoped
