with

deliveries as (
    select * from {{ ref('int_subscription_orders') }}
),

listed as (
    select * from {{ ref('stg_joren__subscriptions') }}
    where started_on < {{ as_of() }}
),

customers as (
    select * from {{ ref('int_customers_clustered') }}
),

media as (
    select * from {{ ref('int_order_media_chosen') }}
),

offers as (
    select * from {{ ref('subscription_offers') }}
),

delivered as (
    select * from deliveries
    qualify row_number() over (partition by subscription_id order by ordered_on, order_id) = 1
),

contracts as (
    select
        listed.subscription_id,
        min(listed.started_on) as started_on,
        min(customers.customer_id) as customer_id,
        min(listed.shop_id) as shop_id,
        min(listed.brand_id) as brand_id,
        min(listed.product_code) as product_code
    from listed
    left join customers on listed.person_key = customers.person_key
    group by listed.subscription_id
),

known as (
    select
        coalesce(contracts.subscription_id, delivered.subscription_id) as subscription_id,
        contracts.subscription_id is not null as is_listed,
        {%- for column in ['customer_id', 'shop_id', 'brand_id', 'product_code'] %}
        coalesce(delivered.{{ column }}, contracts.{{ column }}) as {{ column }},
        {%- endfor %}
        coalesce(delivered.item_key, contracts.brand_id || ':' || contracts.product_code, 'unknown') as item_key,
        delivered.order_id as first_order_id,
        coalesce(media.medium_id, 'unknown') as medium_id,
        least(contracts.started_on, delivered.ordered_on) as started_on
    from contracts
    full outer join delivered on contracts.subscription_id = delivered.subscription_id
    left join media on delivered.order_id = media.order_id
),

offered as (
    select
        known.*,
        offers.offer,
        offers.term_deliveries,
        row_number() over (partition by known.subscription_id order by offers.rank) as preference
    from known
    inner join offers
        on {{ fits_offer('known', 'offers') }}
)

select * exclude (preference) from offered
where preference = 1
