with

source as (
    select * from {{ source('raw', 'order_media') }}
),

numbered as (
    select
        *,
        {{ newness_of_file(shop_key_of('order', 'order_id') ~ ", " ~ filled('model')) }} as file_newness,
        row_number() over (
            partition by {{ shop_key_of('order', 'order_id') }}, {{ filled('model') }}, {{ filled('medium_id') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('order', 'order_id') }} as order_id,
        {{ filled('model') }} as attribution_model,
        {{ filled('medium_id') }} as medium_id,
        {{ filled('brand_id') }} as brand_id,
        {{ plain_instant_of('attributed_at') }} as attributed_at
    from numbered
    where file_newness = 1 and newness = 1
)

select * from typed
