{%- set steps = {'two': 2, 'three': 3} -%}

with

firsts as (
    select * from {{ ref('int_items_bought') }}
    where level = 'family' and nth = 1
),

windows as (
    select window_days from {{ ref('repeat_windows') }}
),

ranked as (
    select
        customer_id,
        ordered_on,
        row_number() over (partition by customer_id order by ordered_on, item) as family_number
    from firsts
),

customers as (
    select
        customer_id,
        min(ordered_on) as first_on,
        {%- for name, number in steps.items() %}
        min(ordered_on) filter (where family_number = {{ number }}) as {{ name }}_on,
        {%- endfor %}
        count(*) as families
    from ranked
    group by customer_id
),

cohorts as (
    select
        *,
        'all' as cohort
    from customers
    union all
    select
        *,
        {{ month_name('first_on') }} as cohort
    from customers
),

observed as (
    select
        cohorts.*,
        windows.window_days,
        {{ days_after('cohorts.first_on', 'windows.window_days') }} as closes_on
    from cohorts
    cross join windows
),

counted as (
    select
        cohort,
        window_days,
        count(*) as customers,
        {%- for name, number in steps.items() %}
        count(*) filter (where families >= {{ number }}) as customers_with_{{ name }},
        {%- endfor %}
        count(*) filter (where closes_on < {{ as_of() }}) as observed
        {%- for name in steps %},
        count(*) filter (where closes_on < {{ as_of() }} and {{ name }}_on <= closes_on) as reached_{{ name }}
        {%- endfor %}
    from observed
    group by cohort, window_days
),

rated as (
    select
        *
        {%- for name in steps %},
        round(customers_with_{{ name }} / customers, 6) as {{ name }}_family_share,
        round(reached_{{ name }} / nullif(observed, 0), 6) as {{ name }}_family_rate
        {%- endfor %}
    from counted
)

select * from rated
