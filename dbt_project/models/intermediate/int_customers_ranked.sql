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
        count(*) over (partition by scope) as customers,
        {% for axis, value in [('r', 'days_since desc'), ('f', 'purchase_days asc'), ('m', 'm_yen asc')] -%}
        row_number() over (partition by scope order by {{ value }}, customer_id asc) as {{ axis }}_place,
        rank() over (partition by scope order by {{ value }}) as {{ axis }}_rank,
        count(*) over (partition by scope, {{ value.split(' ')[0] }}) as {{ axis }}_ties{{ ',' if not loop.last }}
        {% endfor %}
    from customers
)

select * from ranked
