{%- set axes = [
    ('r', 'days_since', 'days_since desc'), ('f', 'purchase_days', 'purchase_days asc'), ('m', 'm_yen', 'm_yen asc')
] -%}

with

customers as (
    select * from {{ ref('int_customers_standing') }}
),

ranked as (
    select
        scope,
        customer_id,
        -days_since as r_value,
        purchase_days as f_value,
        m_yen as m_value,
        {%- for axis, measure, value in axes %}
        row_number() over (partition by scope order by {{ value }}, customer_id asc) as {{ axis }}_place,
        rank() over (partition by scope order by {{ value }}) as {{ axis }}_rank,
        count(*) over (partition by scope, {{ measure }}) as {{ axis }}_ties,
        {%- endfor %}
        count(*) over (partition by scope) as customers
    from customers
)

select * from ranked
