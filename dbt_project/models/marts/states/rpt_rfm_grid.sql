with

customers as (
    select * from {{ ref('rpt_rfm') }}
),

cells as (
    select
        scope,
        scheme,
        r_band,
        f_band,
        m_band,
        state,
        label_ja,
        count(*) as customers,
        cast(sum(m_yen) as bigint) as m_yen
    from customers
    group by scope, scheme, r_band, f_band, m_band, state, label_ja
),

shared as (
    select
        *,
        round(customers / sum(customers) over (partition by scope, scheme), 6) as share_of_customers,
        round(m_yen / nullif(sum(m_yen) over (partition by scope, scheme), 0), 6) as share_of_m
    from cells
)

select * from shared
