with

deliveries as (
    select * from {{ ref('int_subscription_deliveries') }}
),

words as (
    select * from {{ ref('int_subscription_words') }}
),

contracts as (
    select
        contracts.subscription_id,
        coalesce(cadences.interval_days, {{ var('subscription_days') }}) as interval_days
    from {{ ref('int_subscriptions_described') }} as contracts
    left join {{ ref('int_subscription_cadences') }} as cadences on contracts.item_key = cadences.item_key
),

first_intervals as (
    select
        subscription_id,
        min_by(interval_days, word_number) as interval_days
    from words
    where interval_days is not null
    group by subscription_id
),

told as (
    select
        deliveries.date_basis,
        deliveries.subscription_id,
        deliveries.delivery_number,
        max_by(words.interval_days, words.word_number) filter (where words.interval_days is not null) as interval_days,
        count(distinct case when words.word = 'skipped' then coalesce(words.due_on, words.told_on) end) as skips,
        max(words.due_on) filter (where words.word = 'skipped') as skipped_on,
        max(words.due_on) filter (where words.word not in ('skipped', 'paused')) as told_due_on
    from deliveries
    inner join words
        on
            deliveries.subscription_id = words.subscription_id
            and deliveries.delivered_on <= words.told_on
            and coalesce(words.told_on < deliveries.next_delivered_on, true)
    group by deliveries.date_basis, deliveries.subscription_id, deliveries.delivery_number
),

filled as (
    select
        deliveries.*,
        coalesce(told.skips, 0) as skips,
        told.skipped_on,
        told.told_due_on,
        coalesce(
            last_value(told.interval_days ignore nulls) over (
                partition by deliveries.date_basis, deliveries.subscription_id
                order by deliveries.delivery_number rows unbounded preceding
            ),
            first_intervals.interval_days,
            contracts.interval_days
        ) as interval_days
    from deliveries
    inner join contracts on deliveries.subscription_id = contracts.subscription_id
    left join first_intervals on deliveries.subscription_id = first_intervals.subscription_id
    left join told
        on
            deliveries.date_basis = told.date_basis
            and deliveries.subscription_id = told.subscription_id
            and deliveries.delivery_number = told.delivery_number
),

dated as (
    select
        * exclude (skipped_on, told_due_on),
        greatest(
            {{ days_after('delivered_on', '(1 + skips) * interval_days') }},
            {{ days_after('skipped_on', 'interval_days') }},
            told_due_on
        ) as due_on
    from filled
)

select * from dated
