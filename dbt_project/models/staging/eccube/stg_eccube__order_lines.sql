with

source as (
    select * from {{ source('raw', 'eccube_orders') }}
),

newest as (
    select * from {{ ref('stg_eccube__order_statements') }}
    where newness = 1
),

line_rows as (
    select source.*
    from source
    inner join newest
        on
            source.shop_id || ':order:' || {{ filled('source.order_id') }} = newest.order_id
            and source._file_sha256 = newest.file_sha256
),

typed as (
    select
        shop_id || ':line:' || {{ filled('line_id') }} as line_id,
        shop_id || ':order:' || {{ filled('order_id') }} as order_id,
        {{ filled('line_kind_id') }} as line_kind_id,
        {{ filled('line_kind') }} as line_kind_label,
        {{ filled('product_id') }} as product_id,
        {{ filled('variant_id') }} as variant_id,
        {{ filled('product_code') }} as product_code,
        {{ filled('product_name') }} as product_name,
        {{ filled('option_value1') }} as option_value1,
        {{ filled('option_value2') }} as option_value2,
        {{ yen_of('price') }} as price_yen,
        cast(cast({{ filled('quantity') }} as decimal(18, 2)) as bigint) as quantity,
        cast(coalesce({{ filled('tax_rate') }}, '0') as decimal(5, 2)) as tax_rate,
        cast({{ timestamp_of('shipped_at') }} as date) as shipped_on
    from line_rows
)

select * from typed
