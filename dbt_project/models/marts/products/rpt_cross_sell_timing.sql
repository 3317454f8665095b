{%- set entries = {2: 'customers.second_on', 3: 'customers.third_on'} -%}

with

customers as (
    select * from {{ ref('int_families_entered') }}
),

steps as (
    select * from {{ ref('int_cross_sell_steps') }}
),

counted as (
    {% for number, entered_on in entries.items() -%}
    select
        steps.counted_by,
        customers.first_family,
        cast({{ number }} as bigint) as nth_family,
        steps.nth,
        count(*) filter (where coalesce({{ entered_on }} >= steps.begins_on, true)) as reached,
        count(*) filter (where {{ entered_on }} >= steps.begins_on and {{ entered_on }} < steps.ends_on) as entered
    from steps
    inner join customers on steps.customer_id = customers.customer_id
    group by steps.counted_by, customers.first_family, steps.nth
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

together as (
    select * from counted
    union all
    select
        counted_by,
        'all' as first_family,
        nth_family,
        nth,
        cast(sum(reached) as bigint) as reached,
        cast(sum(entered) as bigint) as entered
    from counted
    group by counted_by, nth_family, nth
),

rated as (
    select
        *,
        round(entered / nullif(reached, 0), 6) as entry_rate
    from together
)

select * from rated
