{%- set entries = {2: 'second_on', 3: 'third_on'} -%}

with

customers as (
    select * from {{ ref('int_families_entered') }}
),

purchase_days as (
    select distinct customer_id, ordered_on from {{ ref('int_items_bought') }}
    where level = 'family'
),

deliveries as (
    select * from {{ ref('fct_subscription_steps') }}
    where grain = 'customer' and date_basis = 'order' and is_observed
),

steps as (
    select
        'purchase' as counted_by,
        customer_id,
        row_number() over (partition by customer_id order by ordered_on) as nth,
        ordered_on as begins_on,
        lead(ordered_on) over (partition by customer_id order by ordered_on) as ends_on
    from purchase_days
    union all
    select
        'delivery' as counted_by,
        customer_id,
        delivery_number as nth,
        delivered_on as begins_on,
        next_delivered_on as ends_on
    from deliveries
),

counted as (
    select
        steps.counted_by,
        customers.first_family,
        steps.nth
        {%- for number, entered_on in entries.items() %},
        count(*) filter (where coalesce(customers.{{ entered_on }} >= steps.begins_on, true)) as reached_{{ number }},
        count(*) filter (
            where
                customers.{{ entered_on }} >= steps.begins_on
                and coalesce(customers.{{ entered_on }} < steps.ends_on, true)
        ) as entered_{{ number }}
        {%- endfor %}
    from steps
    inner join customers on steps.customer_id = customers.customer_id
    where steps.nth <= {{ var('cross_sell_steps') }}
    group by steps.counted_by, customers.first_family, steps.nth
),

unfolded as (
    {% for number in entries -%}
    {% for family in ["'all'", 'first_family'] -%}
    select
        counted_by,
        {{ family }} as first_family,
        cast({{ number }} as bigint) as family_number,
        nth,
        cast(sum(reached_{{ number }}) as bigint) as reached,
        cast(sum(entered_{{ number }}) as bigint) as entered
    from counted
    group by {{ 'counted_by, nth' if loop.first else 'counted_by, first_family, nth' }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

rated as (
    select *, round(entered / nullif(reached, 0), 6) as entry_rate from unfolded
)

select * from rated
