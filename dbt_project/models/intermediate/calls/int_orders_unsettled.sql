with

rules as (
    select * from {{ ref('call_rules') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where customer_id is not null
),

given_back as (
    select * from {{ ref('fct_order_events') }}
    where event in ('returned', 'refunded')
),

open_orders as (
    select
        orders.order_id,
        orders.customer_id,
        case orders.order_state when 'pending' then 'unpaid' else 'in_transit' end as reason
    from orders
    inner join rules
        on
            {{ days_between('orders.shipped_on', as_of()) }} < rules.transit_days
            or (
                orders.order_state in ('pending', 'active')
                and orders.shipped_on is null
                and {{ days_between('orders.ordered_on', as_of()) }} < rules.open_order_days
            )
    where orders.order_state in ('pending', 'active', 'fulfilled')
),

open_returns as (
    select distinct
        orders.order_id,
        orders.customer_id,
        'open_return' as reason
    from given_back
    inner join orders on given_back.order_id = orders.order_id
    inner join rules on {{ days_between('given_back.happened_on', as_of()) }} < rules.return_days
),

unsettled as (
    select * from open_orders
    union all
    select * from open_returns
)

select * from unsettled
