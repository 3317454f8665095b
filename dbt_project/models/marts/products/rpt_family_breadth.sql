{%- set steps = {'two': ('second_on', 2), 'three': ('third_on', 3)} -%}

with

customers as (
    select * from {{ ref('int_families_entered') }}
),

windows as (
    select window_days from {{ ref('repeat_windows') }}
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
        {%- for name, (entered_on, number) in steps.items() %}
        count(*) filter (where families >= {{ number }}) as customers_with_{{ name }},
        {%- endfor %}
        count(*) filter (where closes_on < {{ as_of() }}) as observed
        {%- for name, (entered_on, number) in steps.items() %},
        count(*) filter (where closes_on < {{ as_of() }} and {{ entered_on }} <= closes_on) as reached_{{ name }}
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
