with

dues as (
    select * from {{ ref('int_subscription_dues') }}
),

contracts as (
    select * from {{ ref('int_subscriptions_described') }}
),

ends as (
    select * from {{ ref('int_subscription_ends') }}
),

joined as (
    select
        dues.*,
        dues.delivery_number < contracts.term_deliveries as is_locked,
        coalesce(ends.subscription_state, 'active') as subscription_state,
        ends.cancelled_on,
        {{ days_after('dues.due_on', 'floor(dues.interval_days * ' ~ var('lapse_percent') ~ ' / 100)') }} as lapses_on
    from dues
    inner join contracts on dues.subscription_id = contracts.subscription_id
    left join ends on dues.subscription_id = ends.subscription_id
),

judged as (
    select
        *,
        case
            when next_delivered_on is not null then 'continued'
            when subscription_state in ('cancelled', 'paused') then subscription_state
            when lapses_on < {{ as_of() }} then 'lapsed'
            else 'open'
        end as outcome
    from joined
),

observed as (
    select
        date_basis,
        subscription_id,
        customer_id,
        delivery_number,
        delivered_on,
        due_on,
        lapses_on,
        next_delivered_on,
        interval_days,
        is_locked,
        outcome,
        case outcome when 'cancelled' then cancelled_on when 'lapsed' then lapses_on end as ended_on,
        outcome not in ('paused', 'open') and lapses_on < {{ as_of() }} as is_observed
    from judged
)

select * from observed
