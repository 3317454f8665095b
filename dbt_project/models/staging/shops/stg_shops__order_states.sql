{%- set cells = ['status', 'payment_status', 'shipment_status'] -%}

with

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
    where tells_orders
),

rules as (
    select * from {{ source('raw', 'order_statuses') }}
),

found as (
    select distinct {{ state_columns() | join(', ') }} from statements
),

fitted as (
    select
        found.{{ state_columns() | join(',\n        found.') }},
        coalesce(min_by(rules.order_state, rules.rank), 'unmapped') as order_state
    from found
    left join rules
        on
            found.feed = rules.feed
            {% for cell in cells -%}
            and (rules.{{ cell }} is null or coalesce(found.{{ cell }} = rules.{{ cell }}, false))
            {% endfor -%}
            and (rules.payment_method is null or coalesce(found.payment_method like rules.payment_method, false))
            and coalesce(found.is_cancelled = (rules.cancelled_at = 'filled'), true)
    group by found.{{ state_columns() | join(', found.') }}
),

counted as (
    select
        *,
        order_state in ('active', 'fulfilled') as is_counted
    from fitted
)

select * from counted
