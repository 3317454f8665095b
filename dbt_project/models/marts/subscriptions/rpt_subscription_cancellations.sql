with

contracts as (
    select * from {{ ref('fct_subscriptions') }}
    where not is_running and ended_on < {{ month_of(as_of()) }}
),

ended as (
    select
        {{ month_of('ended_on') }} as month_on,
        subscription_state as outcome,
        coalesce(cancel_reason, 'lapsed') as cancel_reason,
        coalesce(cancel_reason_ja, '失効') as cancel_reason_ja,
        deliveries,
        offer,
        item_key,
        medium_id,
        term_deliveries > 1 and deliveries = term_deliveries as is_at_term
    from contracts
),

counted as (
    select
        month_on,
        outcome,
        cancel_reason,
        cancel_reason_ja,
        deliveries,
        offer,
        item_key,
        medium_id,
        is_at_term,
        count(*) as contracts
    from ended
    group by
        month_on, outcome, cancel_reason, cancel_reason_ja, deliveries, offer, item_key, medium_id, is_at_term
)

select * from counted
