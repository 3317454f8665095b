with

source as (
    select * from {{ source('raw', 'subscriptions') }}
),

numbered as (
    select
        *,
        {{ newness_of_file(shop_key_of('subscription', 'subscription_id')) }} as file_newness,
        row_number() over (
            partition by {{ shop_key_of('subscription', 'subscription_id') }}, {{ code_of('product_code') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('subscription', 'subscription_id') }} as subscription_id,
        {{ code_of('product_code') }} as product_code,
        {{ filled('shop_id') }} as shop_id,
        {{ filled('brand_id') }} as brand_id,
        {{ person_key_of('member_id', 'mail') }} as person_key,
        {{ count_of('quantity') }} as quantity,
        {{ count_of('interval_days') }} as interval_days,
        {{ plain_instant_of('started_at') }} as started_at,
        {{ plain_day_of('started_at') }} as started_on,
        {{ plain_day_of('next_due_on') }} as next_due_on,
        {{ count_of('delivery_count') }} as deliveries,
        {{ filled('state') }} as subscription_state,
        {{ tokyo_day('_exported_at') }} as stated_on
    from numbered
    where file_newness = 1 and newness = 1
)

select * from typed
