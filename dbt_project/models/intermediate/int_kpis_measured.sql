{%- set yesterday = days_after(as_of(), -1) -%}
{%- set figures = {
    'sales': 'of_sales', 'buyers': 'of_people', 'new_customers': 'of_people', 'f2_90': 'of_cohorts',
    'active_customers': 'of_states', 'dormant_share': 'of_states'
} -%}

with

sales as (
    select * from {{ ref('rpt_sales_daily') }}
    where date_basis = 'order'
),

purchase_days as (
    select * from {{ ref('int_purchase_days_numbered') }}
),

conversions as (
    select * from {{ ref('rpt_f2') }}
    where purchase_type = 'all' and step = 2 and window_days = 90 and cohort != 'all' and is_fully_observed
),

closings as (
    select * from {{ ref('rpt_state_counts') }}
    where scope = 'all' and scheme = 'lifecycle' and (closes_month or closed_on = {{ yesterday }})
),

of_sales as (
    select
        {{ month_of('sold_on') }} as month_on,
        sum(sales_yen) as sales
    from sales
    group by {{ month_of('sold_on') }}
),

of_people as (
    select
        {{ month_of('purchased_on') }} as month_on,
        count(distinct customer_id) as buyers,
        count(*) filter (where purchase_number = 1) as new_customers
    from purchase_days
    group by {{ month_of('purchased_on') }}
),

of_cohorts as (
    select
        cast(cohort || '-01' as date) as month_on,
        conversion_rate as f2_90
    from conversions
),

of_states as (
    select
        {{ month_of('closed_on') }} as month_on,
        sum(customers) filter (where state not in ('prospect', 'dormant', 'lost')) as active_customers,
        sum(customers) filter (where state = 'dormant')
        / nullif(sum(customers) filter (where state != 'prospect'), 0) as dormant_share
    from closings
    group by {{ month_of('closed_on') }}
),

measured as (
    {% for metric, source in figures.items() -%}
    select
        '{{ metric }}' as metric,
        month_on,
        cast(round({{ metric }}, 6) as decimal(18, 6)) as actual
    from {{ source }}
    where {{ metric }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from measured
