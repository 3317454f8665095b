with

words as (
    select * from {{ ref('int_subscription_words') }}
    where subscription_state is not null
),

changes as (
    select * from {{ ref('stg_joren__subscription_changes') }}
    where change = 'cancelled' and changed_on < {{ as_of() }}
),

reasons as (
    select * from {{ ref('cancel_reasons') }}
),

standing as (
    select
        subscription_id,
        max_by(subscription_state, word_number) as subscription_state,
        coalesce(max(word_number) filter (where subscription_state != 'cancelled'), 0) as last_alive
    from words
    group by subscription_id
),

ended as (
    select
        standing.subscription_id,
        standing.subscription_state,
        min(words.told_on) as cancelled_on
    from standing
    left join words
        on
            standing.subscription_id = words.subscription_id
            and standing.last_alive < words.word_number
    group by standing.subscription_id, standing.subscription_state
),

explained as (
    select
        ended.subscription_id,
        min(reasons.rank) as rank
    from ended
    inner join changes on ended.subscription_id = changes.subscription_id and ended.cancelled_on = changes.changed_on
    inner join reasons on changes.reason like reasons.pattern
    group by ended.subscription_id
),

named as (
    select
        ended.subscription_id,
        ended.subscription_state,
        ended.cancelled_on,
        case when ended.cancelled_on is not null then coalesce(reasons.cancel_reason, 'untold') end as cancel_reason,
        case when ended.cancelled_on is not null then coalesce(reasons.label_ja, '理由不明') end as cancel_reason_ja
    from ended
    left join explained on ended.subscription_id = explained.subscription_id
    left join reasons on explained.rank = reasons.rank
)

select * from named
