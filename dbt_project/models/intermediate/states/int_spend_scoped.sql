{{ config(materialized='view') }}

with

brands as (
    select distinct scope from {{ ref('int_brands_scoped') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where customer_id is not null and counts_m
),

later as (
    select
        orders.customer_id,
        orders.brand_id,
        orders.ordered_on,
        events.happened_on,
        events.m_delta_yen
    from {{ ref('fct_order_events') }} as events
    inner join orders on events.order_id = orders.order_id
    where events.event_number > 1 and events.m_delta_yen != 0
),

placed as (
    select
        customer_id,
        brand_id,
        ordered_on as spent_on,
        m_yen
    from orders
    where m_yen != 0
    union all
    select
        customer_id,
        brand_id,
        happened_on as spent_on,
        m_delta_yen as m_yen
    from later
    union all
    select
        customer_id,
        brand_id,
        ordered_on as spent_on,
        -m_delta_yen as m_yen
    from later
),

scoped as (
    select
        'all' as scope,
        customer_id,
        spent_on,
        m_yen
    from placed
    union all
    select
        brands.scope,
        placed.customer_id,
        placed.spent_on,
        placed.m_yen
    from placed
    inner join brands on placed.brand_id = brands.scope
)

select * from scoped
