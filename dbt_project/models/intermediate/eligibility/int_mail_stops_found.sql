with

profiles as (
    select * from {{ ref('int_customers_profiled') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

listed as (
    select * from {{ ref('int_stops_listed') }}
),

addresses as (
    select * from {{ ref('int_addresses_judged') }}
),

consents as (
    select * from {{ ref('int_consents_known') }}
    where purpose = 'advertising'
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

heard as (
    select * from {{ ref('int_customers_heard') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

brands as (
    select * from {{ ref('senders') }}
),

of_all_brands as (
    select
        customer_id,
        unmailable_because as reason
    from addresses
    union all
    select
        customer_id,
        'mall_only' as reason
    from person_keys
    group by customer_id
    having not bool_or(is_of_own_shop)
    union all
    select
        customer_id,
        'sunset' as reason
    from heard
    where last_heard_on < {{ days_after(as_of(), -var('sunset_days')) }}
),

found as (
    select
        customer_id,
        cast(null as varchar) as brand_id,
        reason
    from of_all_brands
    union all
    select
        customer_id,
        brand_id,
        stop_reason as reason
    from listed
    union all
    select
        profiles.customer_id,
        brands.brand_id,
        case consents.consent_state when 'withdrawn' then 'consent_withdrawn' else 'no_consent' end as reason
    from profiles
    cross join brands
    left join consents
        on profiles.customer_id = consents.customer_id and brands.brand_id = consents.brand_id
    where consents.consent_state is distinct from 'granted'
)

select * from found
