{% set amounts = ['subtotal', 'discount', 'platform_discount', 'points_used', 'postage', 'fee', 'total', 'refunded'] -%}

with

source as (
    select * from {{ source('raw', 'orders') }}
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

statements as (
    select
        _feed,
        _file_sha256,
        {{ shop_key_of('order', 'order_id') }} as order_key,
        coalesce(
            min(_row_number) filter (where {{ filled('ordered_at') }} is not null), min(_row_number)
        ) as _row_number
    from source
    group by _feed, _file_sha256, {{ shop_key_of('order', 'order_id') }}
),

order_rows as (
    select
        source.*,
        statements.order_key,
        feeds.zone,
        feeds.channel,
        feeds.tells_orders,
        feeds.tells_lines,
        feeds.subtotal_is,
        feeds.discount_is,
        coalesce({{ filled('source.currency') }}, 'JPY') as currency_code
    from statements
    inner join source
        on
            statements._feed = source._feed
            and statements._file_sha256 = source._file_sha256
            and statements._row_number = source._row_number
    inner join feeds on source._feed = feeds.feed
),

typed as (
    select
        order_key as order_id,
        _file_sha256 as file_sha256,
        _row_number as order_row_number,
        _exported_at as exported_at,
        {{ tokyo_day('_exported_at') }} as exported_on,
        _feed as feed,
        {{ filled('shop_id') }} as shop_id,
        {{ filled('brand_id') }} as brand_id,
        coalesce(channel, 'own') as channel,
        tells_orders,
        tells_lines,
        subtotal_is,
        discount_is,
        {{ filled('status') }} as status,
        {{ filled('payment_status') }} as payment_status,
        {{ filled('shipment_status') }} as shipment_status,
        {{ filled('payment_method') }} as payment_method,
        {{ filled('order_type') }} as order_type,
        {{ instant_of('ordered_at', 'zone') }} as ordered_at,
        {{ instant_of('cancelled_at', 'zone') }} as cancelled_at,
        {{ filled('cancelled_at') }} is not null as is_cancelled,
        currency_code,
        {% for amount in amounts -%}
        case when currency_code = 'JPY' then {{ yen_of(amount) }} end as {{ amount }}_yen,
        {% endfor -%}
        case when currency_code = 'JPY' then {{ filled('refunds') }} end as refunds,
        {{ shop_key_of('order', 'replaces_order_id') }} as replaces_order_id,
        {{ code_of('subscription_id') }} as subscription_id,
        {{ count_of('subscription_count') }} as subscription_count,
        {{ flag_of('test') }} as is_test
    from order_rows
)

select * from typed
