{{ config(materialized='incremental', pre_hook="{{ forget('int_customers_touched', 'customer_id') }}") }}

with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

found as (
    select * from {{ ref('int_mail_stops_found') }}
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

brands as (
    select * from {{ ref('senders') }}
),

customers as (
    select
        customer_id,
        min_by(is_of_own_shop, row(first_ordered_at, person_key)) filter (where first_ordered_at is not null)
            as is_first_order_own,
        {{ month_of(tokyo_day('min(first_ordered_at)')) }} as first_order_month_on
    from person_keys
    group by customer_id
),

stopped as (
    select
        found.customer_id,
        brands.brand_id,
        min(reasons.rank) filter (where reasons.stops_advertising) as advertising_rank,
        min(reasons.rank) filter (where reasons.stops_notice) as notice_rank
    from found
    inner join reasons on found.reason = reasons.reason
    inner join brands on coalesce(found.brand_id, brands.brand_id) = brands.brand_id
    group by found.customer_id, brands.brand_id
),

ranked as (
    select
        customers.customer_id,
        brands.brand_id,
        stopped.advertising_rank,
        stopped.notice_rank,
        case customers.is_first_order_own when true then 'own' when false then 'mall' else 'none' end
            as first_order_channel,
        customers.first_order_month_on
    from customers
    cross join brands
    left join stopped on customers.customer_id = stopped.customer_id and brands.brand_id = stopped.brand_id
)

select * from ranked
