with

deliveries as (
    select * from {{ ref('int_subscription_deliveries') }}
    where date_basis = 'order' and next_delivered_on is not null
),

contracts as (
    select * from {{ ref('int_subscriptions_described') }}
),

words as (
    select * from {{ ref('int_subscription_words') }}
    where interval_days is not null
),

told as (
    select
        subscription_id,
        min_by(interval_days, word_number) as interval_days
    from words
    group by subscription_id
),

gaps as (
    select
        contracts.item_key,
        {{ days_between('deliveries.delivered_on', 'deliveries.next_delivered_on') }} as gap_days,
        count(*) as gaps
    from deliveries
    inner join contracts on deliveries.subscription_id = contracts.subscription_id
    group by contracts.item_key, {{ days_between('deliveries.delivered_on', 'deliveries.next_delivered_on') }}
),

placed as (
    select
        item_key,
        gap_days,
        sum(gaps) over (partition by item_key order by gap_days) as gaps_so_far,
        sum(gaps) over (partition by item_key) as all_gaps
    from gaps
),

medians as (
    select
        item_key,
        min(gap_days) as interval_days
    from placed
    where gaps_so_far * 2 >= all_gaps
    group by item_key
),

known as (
    select
        contracts.subscription_id,
        coalesce(told.interval_days, medians.interval_days, {{ var('subscription_days') }}) as interval_days
    from contracts
    left join told on contracts.subscription_id = told.subscription_id
    left join medians on contracts.item_key = medians.item_key
)

select * from known
