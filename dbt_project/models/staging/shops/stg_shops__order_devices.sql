with

source as (
    select * from {{ source('raw', 'orders') }}
),

devices as (
    select * from {{ source('raw', 'devices') }}
),

told as (
    select
        {{ shop_key_of('order', 'source.order_id') }} as order_id,
        source._file_sha256 as file_sha256,
        source._row_number,
        devices.device
    from source
    inner join devices on source._feed = devices.feed and {{ filled('source.device') }} = devices.printed
),

by_order as (
    select
        order_id,
        file_sha256,
        min_by(device, _row_number) as device
    from told
    group by order_id, file_sha256
)

select * from by_order
