with

source as (
    select * from {{ source('raw', 'subscription_changes') }}
),

typed as (
    select
        {{ shop_key_of('subscription', 'subscription_id') }} as subscription_id,
        {{ filled('change') }} as change,
        {{ plain_instant_of('changed_at') }} as changed_at,
        {{ plain_day_of('changed_at') }} as changed_on,
        {{ plain_day_of('due_on') }} as due_on,
        {{ filled('reason') }} as reason,
        {{ filled('value') }} as new_value
    from source
),

distinct_changes as (
    select distinct * from typed
)

select * from distinct_changes
