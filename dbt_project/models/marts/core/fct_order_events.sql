with

events as (
    select * from {{ ref('int_order_events_dated') }}
    where happened_on < {{ as_of() }} and event is not null
),

orders as (
    select * from {{ ref('fct_orders') }}
),

joined as (
    select
        events.order_id,
        row_number() over (partition by events.order_id order by events.event_number) as event_number,
        events.event,
        events.happened_on,
        events.known_on,
        events.order_state,
        cast(case when events.event = 'refunded' then events.refund_yen else 0 end as bigint) as refund_yen,
        case when orders.counts_m then events.m_delta_yen else 0 end as m_delta_yen,
        case when orders.counts_sales then events.m_delta_yen else 0 end as sales_delta_yen,
        events.told_in as source
    from events
    inner join orders on events.order_id = orders.order_id
)

select * from joined
