with

contracts as (
    select * from {{ ref('int_subscriptions_described') }}
),

items as (
    select * from {{ ref('int_items_described') }}
    where valid_to = {{ open_end() }}
),

ends as (
    select * from {{ ref('int_subscription_ends') }}
),

labels as (
    select distinct
        offer,
        label_ja
    from {{ ref('subscription_offers') }}
),

last_steps as (
    select * from {{ ref('int_subscription_steps') }}
    where date_basis = 'order' and next_delivered_on is null
),

joined as (
    select
        contracts.subscription_id,
        contracts.customer_id,
        contracts.brand_id,
        contracts.shop_id,
        contracts.item_key,
        contracts.product_code,
        coalesce(items.product_family, contracts.product_code, contracts.item_key) as product_family,
        contracts.medium_id,
        contracts.offer,
        labels.label_ja as offer_ja,
        cast(contracts.term_deliveries as bigint) as term_deliveries,
        contracts.is_listed,
        contracts.started_on,
        contracts.first_order_id,
        coalesce(last_steps.delivery_number, 0) as deliveries,
        last_steps.delivered_on as last_delivered_on,
        case
            when last_steps.outcome is null then coalesce(ends.subscription_state, 'active')
            when last_steps.outcome = 'open' then 'active'
            else last_steps.outcome
        end as subscription_state,
        last_steps.due_on as last_due_on,
        coalesce(last_steps.ended_on, ends.cancelled_on) as ended_on,
        ends.cancel_reason,
        ends.cancel_reason_ja
    from contracts
    left join items on contracts.item_key = items.item_key
    left join labels on contracts.offer = labels.offer
    left join ends on contracts.subscription_id = ends.subscription_id
    left join last_steps on contracts.subscription_id = last_steps.subscription_id
),

named as (
    select
        * exclude (last_due_on),
        case when subscription_state = 'active' then last_due_on end as next_due_on,
        subscription_state in ('active', 'paused') as is_running
    from joined
)

select * from named
