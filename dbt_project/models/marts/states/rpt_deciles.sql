with

customers as (
    select
        *,
        cast(ceil(10 * place / customers) as integer) as decile
    from {{ ref('int_period_spend_ranked') }}
),

labels as (
    select * from {{ ref('decile_periods') }}
),

counted as (
    select
        scope,
        period,
        decile,
        count(*) as customers,
        cast(sum(purchase_days) as bigint) as purchase_days,
        cast(sum(m_yen) as bigint) as m_yen,
        min(m_yen) as lowest_yen,
        max(m_yen) as highest_yen
    from customers
    group by scope, period, decile
),

shared as (
    select
        counted.scope,
        counted.period,
        labels.label_ja,
        counted.decile,
        counted.customers,
        counted.purchase_days,
        round(counted.purchase_days / counted.customers, 6) as purchase_days_per_customer,
        counted.m_yen,
        counted.lowest_yen,
        counted.highest_yen,
        round(counted.m_yen / nullif(sum(counted.m_yen) over all_deciles, 0), 6) as share_of_m,
        round(
            sum(counted.m_yen) over (partition by counted.scope, counted.period order by counted.decile)
            / nullif(sum(counted.m_yen) over all_deciles, 0), 6
        ) as cumulative_share_of_m
    from counted
    inner join labels on counted.period = labels.period
    window all_deciles as (partition by counted.scope, counted.period)
)

select * from shared
