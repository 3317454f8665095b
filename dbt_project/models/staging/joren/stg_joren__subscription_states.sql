with

source as (
    select * from {{ source('raw', 'subscriptions') }}
),

numbered as (
    select
        {{ shop_key_of('subscription', 'subscription_id') }} as subscription_id,
        {{ tokyo_day('_exported_at') }} as stated_on,
        {{ filled('state') }} as subscription_state,
        {{ count_of('interval_days') }} as interval_days,
        {{ plain_day_of('next_due_on') }} as next_due_on,
        row_number() over (
            partition by {{ shop_key_of('subscription', 'subscription_id') }}, {{ tokyo_day('_exported_at') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

compared as (
    select
        *,
        lag(subscription_state) over days as state_before,
        lag(interval_days) over days as interval_before,
        lag(next_due_on) over days as due_before,
        row_number() over days as day_number
    from numbered
    where newness = 1
    window days as (partition by subscription_id order by stated_on)
),

changed as (
    select
        subscription_id,
        stated_on,
        subscription_state,
        interval_days,
        next_due_on
    from compared
    where
        day_number = 1
        or subscription_state is distinct from state_before
        or interval_days is distinct from interval_before
        or next_due_on is distinct from due_before
)

select * from changed
