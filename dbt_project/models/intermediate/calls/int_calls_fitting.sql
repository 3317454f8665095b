with

rules as (
    select * from {{ ref('call_rules') }}
),

customers as (
    select * from {{ ref('int_customers_standing') }}
    where scope = 'all'
),

paces as (
    select * from {{ ref('int_purchase_paces_measured') }}
),

purchase_days as (
    select * from {{ ref('int_purchase_days_counted') }}
),

stopped as (
    select distinct customer_id from {{ ref('int_call_stops_found') }}
),

spends as (
    select
        m_yen,
        count(*) as customers
    from customers
    group by m_yen
),

summed as (
    select
        m_yen,
        sum(customers) over (order by m_yen) as customers_so_far,
        sum(customers) over () as all_customers
    from spends
),

floors as (
    select min(summed.m_yen) as m_from
    from summed
    inner join rules on summed.customers_so_far * 100 >= summed.all_customers * rules.m_percentile
),

fitting as (
    select
        customers.customer_id,
        customers.purchase_days,
        customers.days_since,
        customers.last_purchased_on,
        customers.m_yen,
        paces.median_gap_days,
        round(customers.days_since / paces.median_gap_days, 6) as gaps_since,
        purchase_days.first_order_id || ':' || cast(purchase_days.purchased_on as varchar) as occurrence
    from customers
    inner join paces on customers.customer_id = paces.customer_id
    inner join purchase_days
        on
            customers.customer_id = purchase_days.customer_id
            and customers.last_purchased_on = purchase_days.purchased_on
    inner join floors on customers.m_yen >= floors.m_from
    inner join rules
        on
            customers.purchase_days >= rules.n_from
            and customers.days_since >= greatest(rules.days_from, rules.gap_factor * paces.median_gap_days)
            and customers.days_since <= rules.days_to
    left join stopped on customers.customer_id = stopped.customer_id
    where stopped.customer_id is null
)

select * from fitting
