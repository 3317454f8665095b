with

purchase_days as (
    select distinct
        customer_id,
        ordered_on
    from {{ ref('int_items_bought') }}
    where level = 'family'
),

deliveries as (
    select * from {{ ref('fct_subscription_steps') }}
    where grain = 'customer' and date_basis = 'order' and is_observed
),

steps as (
    select
        'purchase' as counted_by,
        customer_id,
        row_number() over (partition by customer_id order by ordered_on) as nth,
        ordered_on as begins_on,
        lead(ordered_on, 1, {{ open_end() }}) over (partition by customer_id order by ordered_on) as ends_on
    from purchase_days
    union all
    select
        'delivery' as counted_by,
        customer_id,
        delivery_number as nth,
        delivered_on as begins_on,
        coalesce(next_delivered_on, {{ open_end() }}) as ends_on
    from deliveries
),

numbered as (
    select * from steps
    where nth <= {{ var('cross_sell_steps') }}
)

select * from numbered
