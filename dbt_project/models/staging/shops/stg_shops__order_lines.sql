with

source as (
    select * from {{ source('raw', 'orders') }}
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
    where tells_lines
),

kinds as (
    select * from {{ source('raw', 'line_kinds') }}
),

line_rows as (
    select
        source.*,
        feeds.zone,
        feeds.price_is,
        feeds.tax_is as usual_tax_is,
        kinds.line_kind as mapped_kind,
        kinds.tax_is as tax_of_kind,
        {{ filled('source.line_kind') }} is null as is_plain,
        coalesce({{ filled('source.currency') }}, 'JPY') = 'JPY' as is_yen
    from source
    inner join feeds on source._feed = feeds.feed
    left join kinds
        on source._feed = kinds.feed and {{ filled('source.line_kind') }} = kinds.source_line_kind
    where
        concat({{ filled('source.line_id') }}, {{ filled('source.quantity') }}, {{ filled('source.price') }}) != ''
        and not {{ flag_of('source.line_deleted') }}
),

typed as (
    select
        _feed as feed,
        _file_sha256 as file_sha256,
        _row_number as row_number_in_file,
        shop_id,
        {{ shop_key_of('order', 'order_id') }} as order_id,
        {{ code_of('line_id') }} as source_line_id,
        {{ filled('line_kind') }} as source_line_kind,
        case when is_plain then 'product' else coalesce(mapped_kind, 'unmapped') end as line_kind,
        price_is,
        case
            when coalesce(tax_of_kind, usual_tax_is) = 'excluded' then false
            when coalesce(tax_of_kind, usual_tax_is) = 'flagged'
                then coalesce(lower({{ filled('tax_included') }}) in ('1', 'true', '税込'), false)
            else true
        end as is_price_with_tax,
        {{ code_of('product_id') }} as product_id,
        {{ code_of('variant_id') }} as variant_id,
        {{ code_of('product_code') }} as product_code,
        {{ filled('product_name') }} as product_name,
        {{ filled('option1') }} as option_value1,
        {{ filled('option2') }} as option_value2,
        coalesce(case when is_yen then {{ yen_of('price') }} end, 0) as price_yen,
        {{ count_of('quantity') }} as printed_quantity,
        coalesce({{ percent_of('tax_rate') }}, cast(0 as decimal(5, 2))) as tax_rate,
        coalesce(case when is_yen then {{ yen_of('line_discount') }} end, 0) as line_discount_yen,
        coalesce(case when is_yen then {{ yen_of('line_postage') }} end, 0) as line_postage_yen,
        {{ tokyo_day(instant_of('shipped_at', 'zone')) }} as shipped_on
    from line_rows
)

select * from typed
