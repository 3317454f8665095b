with

rules as (
    select * from {{ ref('int_state_rules_stated') }}
),

averages as (
    select
        'average_orders' as m_is,
        holds_from,
        holds_to,
        average_yen as unit_yen
    from {{ ref('int_average_orders_fixed') }}
    union all
    select
        'yen' as m_is,
        {{ first_day() }} as holds_from,
        {{ open_end() }} as holds_to,
        1 as unit_yen
),

limits as (
    select
        scheme,
        m_is,
        {{ lowest_yen() }} as limit_at
    from rules
    union
    select scheme, m_is, m_from as limit_at from rules
    union
    select scheme, m_is, m_to as limit_at from rules
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

bounds as (
    select
        scheme,
        limit_from,
        max(m_from) as highest_from,
        greatest(min(m_to), max(m_from)) as lowest_to
    from in_yen
    group by scheme, limit_from
),

cells as (
    select scheme, limit_from, highest_from as m_from, lowest_to as m_to, {{ first_day() }} as holds_from, {{ open_end() }} as holds_to
    from bounds
    union all
    select in_yen.scheme, in_yen.limit_from, in_yen.m_from, least(in_yen.m_to, bounds.highest_from) as m_to, in_yen.holds_from, in_yen.holds_to
    from in_yen
    inner join bounds on in_yen.scheme = bounds.scheme and in_yen.limit_from = bounds.limit_from
    union all
    select in_yen.scheme, in_yen.limit_from, greatest(in_yen.m_from, bounds.lowest_to) as m_from, in_yen.m_to, in_yen.holds_from, in_yen.holds_to
    from in_yen
    inner join bounds on in_yen.scheme = bounds.scheme and in_yen.limit_from = bounds.limit_from
)

select * from cells
where m_from < m_to
