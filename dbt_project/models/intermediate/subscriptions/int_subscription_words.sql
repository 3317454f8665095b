with

changes as (
    select * from {{ ref('stg_joren__subscription_changes') }}
    where changed_on < {{ as_of() }}
),

states as (
    select * from {{ ref('stg_joren__subscription_states') }}
    where stated_on < {{ as_of() }}
),

words as (
    select
        subscription_id,
        changed_on as told_on,
        1 as told_by,
        changed_at as told_at,
        change as word,
        due_on,
        case
            when change = 'interval_changed' and {{ fits('new_value', '[0-9]{1,4}') }} then cast(new_value as bigint)
        end as interval_days,
        case change
            when 'started' then 'active'
            when 'resumed' then 'active'
            when 'paused' then 'paused'
            when 'cancelled' then 'cancelled'
        end as subscription_state
    from changes
    union all
    select
        subscription_id,
        stated_on as told_on,
        2 as told_by,
        cast(stated_on as timestamp) as told_at,
        'stated' as word,
        next_due_on as due_on,
        interval_days,
        subscription_state
    from states
),

numbered as (
    select
        *,
        row_number() over (
            partition by subscription_id
            order by told_on, told_by, told_at, word, due_on, interval_days
        ) as word_number
    from words
)

select * from numbered
