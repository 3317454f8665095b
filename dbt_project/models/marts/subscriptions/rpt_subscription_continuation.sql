{%- set dimensions = {
    'all': "'all'", 'started_month': month_name('contracts.started_on'), 'offer': 'contracts.offer',
    'product': 'contracts.item_key', 'medium': 'contracts.medium_id'
} -%}

with

steps as (
    select * from {{ ref('fct_subscription_steps') }}
),

contracts as (
    select * from {{ ref('fct_subscriptions') }}
),

described as (
    {% for dimension, value in dimensions.items() -%}
    select
        steps.*,
        '{{ dimension }}' as dimension,
        {{ value }} as dimension_value
    from steps
    inner join contracts on steps.subscription_id = contracts.subscription_id
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        date_basis,
        grain,
        dimension,
        dimension_value,
        delivery_number + 1 as delivery_number,
        count(*) as before,
        count(*) filter (where is_observed) as observed,
        count(*) filter (where is_observed and outcome = 'continued') as continued,
        count(*) filter (where is_observed and outcome = 'cancelled') as cancelled,
        count(*) filter (where is_observed and outcome = 'lapsed') as lapsed,
        count(*) filter (where outcome = 'paused') as paused,
        count(*) filter (where is_locked) as locked
    from described
    group by date_basis, grain, dimension, dimension_value, delivery_number
),

rated as (
    select
        *,
        round(continued / nullif(observed, 0), 6) as continuation_rate,
        round((cancelled + lapsed) / nullif(observed, 0), 6) as churn_rate,
        min(continued) over so_far > 0 as has_survivors,
        min(observed) over so_far > 0 and count(*) over so_far = delivery_number - 1 as has_all_steps,
        sum(ln(greatest(continued, 1) / greatest(observed, 1))) over so_far as log_survival
    from counted
    window so_far as (
        partition by date_basis, grain, dimension, dimension_value order by delivery_number rows unbounded preceding
    )
),

survived as (
    select
        * exclude (has_all_steps, has_survivors, log_survival),
        case
            when has_all_steps and has_survivors then round(exp(log_survival), 6)
            when has_all_steps then 0.0
        end as survival_rate
    from rated
)

select * from survived
