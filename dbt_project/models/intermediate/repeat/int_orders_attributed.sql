with

media as (
    select * from {{ ref('stg_joren__order_media') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid or order_kind = 'sample'
),

attributed as (
    select
        coalesce(media.attribution_model, 'unknown') as attribution_model,
        coalesce(media.brand_id, orders.brand_id) as brand_id,
        media.medium_id,
        orders.order_id,
        orders.customer_id,
        orders.order_kind,
        orders.is_valid,
        orders.ordered_on,
        media.attributed_at
    from media
    inner join orders on media.order_id = orders.order_id
)

select * from attributed
