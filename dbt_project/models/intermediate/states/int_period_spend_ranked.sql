with

periods as (
    select * from {{ ref('decile_periods') }}
),

purchases as (
    select
        scope,
        customer_id,
        purchased_on as counted_on,
        1 as purchase_days,
        0 as m_yen
    from {{ ref('int_purchase_days_scoped') }}
    where is_valid
    union all
    select
        scope,
        customer_id,
        spent_on as counted_on,
        0 as purchase_days,
        m_yen
    from {{ ref('int_spend_scoped') }}
),

summed as (
    select
        purchases.scope,
        periods.period,
        purchases.customer_id,
        cast(sum(purchases.purchase_days) as bigint) as purchase_days,
        cast(sum(purchases.m_yen) as bigint) as m_yen
    from purchases
    inner join periods
        on coalesce(purchases.counted_on >= {{ days_after(as_of(), '-periods.period_days') }}, true)
    group by purchases.scope, periods.period, purchases.customer_id
    having sum(purchases.purchase_days) > 0
),

ranked as (
    select
        *,
        row_number() over (partition by scope, period order by m_yen desc, customer_id asc) as place,
        count(*) over (partition by scope, period) as customers
    from summed
)

select * from ranked
