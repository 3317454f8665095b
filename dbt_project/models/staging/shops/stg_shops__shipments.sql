with

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

source as (
    select
        shipments.*,
        feeds.zone,
        coalesce({{ code_of('shipments.shipment_id') }}, {{ code_of('shipments.order_id') }}) as shipment_number
    from {{ source('raw', 'shipments') }} as shipments
    inner join feeds on shipments._feed = feeds.feed
    where
        shipments.shipment_id is null
        or {{ filled("concat(shipments.shipment_id, shipments.tracking_number, shipments.shipped_at)") }} is not null
),

numbered as (
    select
        *,
        {{ newness_of_file("shop_id, shipment_number") }} as file_newness,
        row_number() over (
            partition by shop_id, shipment_number, {{ code_of('line_id') }}, {{ code_of('tracking_number') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('shipment', 'shipment_number') }} as shipment_id,
        {{ shop_key_of('line', 'line_id') }} as line_id,
        {{ code_of('tracking_number') }} as tracking_number,
        {{ shop_key_of('order', 'order_id') }} as order_id,
        {{ filled('shop_id') }} as shop_id,
        {{ count_of('quantity') }} as quantity,
        {{ filled('carrier') }} as carrier,
        {{ instant_of('shipped_at', 'zone') }} as shipped_at,
        {{ tokyo_day(instant_of('shipped_at', 'zone')) }} as shipped_on,
        {{ instant_of('delivered_at', 'zone') }} as delivered_at,
        {{ tokyo_day(instant_of('delivered_at', 'zone')) }} as delivered_on,
        {{ instant_of('shipment_mailed_at', 'zone') }} as shipment_mailed_at,
        {{ tokyo_day('_exported_at') }} as stated_on
    from numbered
    where file_newness = 1 and newness = 1
)

select * from typed
