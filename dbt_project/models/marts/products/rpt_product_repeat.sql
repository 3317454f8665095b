with

firsts as (
    select * from {{ ref('int_items_bought') }}
    where nth = 1
),

names as (
    select * from {{ ref('int_items_named') }}
),

windows as (
    select * from {{ ref('repeat_windows') }}
),

observed as (
    select
        firsts.level,
        firsts.item,
        windows.window_days,
        firsts.next_ordered_on is not null as has_rebought,
        {{ days_after('firsts.ordered_on', 'windows.window_days') }} < {{ as_of() }} as is_observed,
        coalesce(
            firsts.next_ordered_on <= {{ days_after('firsts.ordered_on', 'windows.window_days') }}, false
        ) as has_rebought_in_window
    from firsts
    cross join windows
),

counted as (
    select
        level,
        item,
        window_days,
        count(*) as buyers,
        count(*) filter (where has_rebought) as rebuyers,
        count(*) filter (where is_observed) as observed,
        count(*) filter (where is_observed and has_rebought_in_window) as rebought
    from observed
    group by level, item, window_days
),

rated as (
    select
        counted.level,
        counted.item,
        coalesce(names.item_name, counted.item) as item_name,
        counted.window_days,
        counted.buyers,
        counted.rebuyers,
        round(counted.rebuyers / counted.buyers, 6) as rebuyer_share,
        counted.observed,
        counted.rebought,
        round(counted.rebought / nullif(counted.observed, 0), 6) as rebought_rate
    from counted
    left join names on counted.level = names.level and counted.item = names.item
)

select * from rated
