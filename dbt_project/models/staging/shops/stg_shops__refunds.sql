with

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

source as (
    select
        refunds.*,
        feeds.zone,
        coalesce({{ filled('refunds.currency') }}, 'JPY') as currency_code
    from {{ source('raw', 'refunds') }} as refunds
    inner join feeds on refunds._feed = feeds.feed
),

numbered as (
    select
        *,
        {{ newness_of_file(shop_key_of('refund', 'refund_id')) }} as file_newness,
        min(_exported_at) over (partition by {{ shop_key_of('refund', 'refund_id') }}) as first_exported_at,
        row_number() over (
            partition by {{ shop_key_of('refund', 'refund_id') }}, {{ code_of('line_id') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('refund', 'refund_id') }} as refund_id,
        {{ shop_key_of('line', 'line_id') }} as line_id,
        {{ shop_key_of('order', 'order_id') }} as order_id,
        {{ filled('shop_id') }} as shop_id,
        _feed as feed,
        currency_code,
        {{ count_of('quantity') }} as quantity,
        case when currency_code = 'JPY' then {{ yen_of('amount') }} end as refund_yen,
        {{ instant_of('refunded_at', 'zone') }} as refunded_at,
        {{ tokyo_day(instant_of('refunded_at', 'zone')) }} as refunded_on,
        {{ filled('reason') }} as reason,
        {{ tokyo_day('first_exported_at') }} as stated_on
    from numbered
    where file_newness = 1 and newness = 1
)

select * from typed
