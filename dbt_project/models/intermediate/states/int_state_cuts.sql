{%- set cell = 'scheme, limit_from' -%}
{%- set days = 'holds_from, holds_to' -%}

with

rules as (
    select * from {{ ref('int_state_rules_stated') }}
),

averages as (
    select 'average_orders' as m_is, {{ days }}, average_yen as unit_yen
    from {{ ref('int_average_orders_fixed') }}
    union all
    select 'yen' as m_is, {{ first_day() }} as holds_from, {{ open_end() }} as holds_to, 1 as unit_yen
),

limits as (
    select
        scheme,
        m_is,
        {{ lowest_yen() }} as limit_at
    from rules
    {% for limit in ['m_from', 'm_to'] -%}
    union
    select scheme, m_is, {{ limit }} as limit_at from rules
    {% endfor %}
),

steps as (
    select
        scheme,
        m_is,
        limit_at as limit_from,
        lead(limit_at) over (partition by scheme order by limit_at) as limit_to
    from limits
    where limit_at is not null
),

in_yen as (
    select
        steps.scheme,
        steps.limit_from,
        averages.holds_from,
        averages.holds_to,
        case
            when steps.limit_from = {{ lowest_yen() }} then steps.limit_from
            else steps.limit_from * averages.unit_yen
        end as m_from,
        coalesce(steps.limit_to * averages.unit_yen, {{ highest_yen() }}) as m_to
    from steps
    inner join averages on steps.m_is = averages.m_is
),

bounded as (
    select
        *,
        max(m_from) over all_months as highest_from,
        greatest(min(m_to) over all_months, max(m_from) over all_months) as lowest_to
    from in_yen
    window all_months as (partition by scheme, limit_from)
),

cells as (
    select
        {{ cell }}, highest_from as m_from, lowest_to as m_to,
        {{ first_day() }} as holds_from, {{ open_end() }} as holds_to
    from bounded
    union
    select
        {{ cell }}, m_from, least(m_to, highest_from) as m_to, {{ days }}
    from bounded
    union
    select
        {{ cell }}, greatest(m_from, lowest_to) as m_from, m_to, {{ days }}
    from bounded
)

select * from cells
where m_from < m_to
