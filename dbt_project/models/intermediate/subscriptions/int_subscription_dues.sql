with

deliveries as (
    select * from {{ ref('int_subscription_deliveries') }}
),

words as (
    select * from {{ ref('int_subscription_words') }}
),

cadences as (
    select * from {{ ref('int_subscription_cadences') }}
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
            and coalesce(deliveries.next_delivered_on > words.told_on, true)
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
            cadences.interval_days
        ) as interval_days
    from deliveries
    inner join cadences on deliveries.subscription_id = cadences.subscription_id
    left join told
        on
            deliveries.date_basis = told.date_basis
            and deliveries.subscription_id = told.subscription_id
            and deliveries.delivery_number = told.delivery_number
),

dated as (
    select
        date_basis,
        subscription_id,
        customer_id,
        delivery_number,
        delivered_on,
        next_delivered_on,
        skips,
        interval_days,
        greatest(
            {{ days_after('delivered_on', '(1 + skips) * interval_days') }},
            {{ days_after('skipped_on', 'interval_days') }},
            told_due_on
        ) as due_on
    from filled
)

select * from dated
