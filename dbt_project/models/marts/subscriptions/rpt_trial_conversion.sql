{%- set dimensions = {
    'all': "'all'", 'month': month_name('trial_on'), 'product': 'item_key', 'medium': 'medium_id'
} -%}

with

prospects as (
    select * from {{ ref('int_trials_followed') }}
),

windows as (
    select * from {{ ref('repeat_windows') }}
),

described as (
    {% for dimension, value in dimensions.items() -%}
    select
        *,
        '{{ dimension }}' as dimension,
        {{ value }} as dimension_value
    from prospects
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

watched as (
    select
        described.*,
        windows.window_days,
        {{ days_after('described.trial_on', 'windows.window_days') }} as closes_on
    from described
    cross join windows
),

counted as (
    select
        dimension,
        dimension_value,
        window_days,
        count(*) as trial_buyers,
        count(*) filter (where closes_on < {{ as_of() }}) as observed,
        count(*) filter (where closes_on < {{ as_of() }} and raised_on <= closes_on) as raised,
        count(*) filter (where closes_on < {{ as_of() }} and subscribed_on <= closes_on) as subscribed
    from watched
    group by dimension, dimension_value, window_days
),

rated as (
    select
        *,
        round(raised / nullif(observed, 0), 6) as raise_rate,
        round(subscribed / nullif(observed, 0), 6) as subscription_raise_rate
    from counted
)

select * from rated
