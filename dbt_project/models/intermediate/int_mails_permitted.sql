with

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

consents as (
    select * from {{ ref('int_consents_known') }}
),

exports as (
    select * from {{ ref('int_orders_complete') }}
),

addresses as (
    select * from {{ ref('int_addresses_judged') }}
),

purposes as (
    select distinct
        brand_id,
        purpose
    from {{ ref('scenarios') }}
),

customers as (
    select
        customer_id,
        bool_or(is_of_own_shop) as is_of_own_shop
    from {{ ref('int_customers_clustered') }}
    group by customer_id
),

facts as (
    select
        profiles.customer_id,
        purposes.brand_id,
        purposes.purpose,
        profiles.has_left,
        customers.is_of_own_shop,
        exports.exported_on,
        addresses.unmailable_because,
        coalesce(consents.consent_state, 'never_asked') as consent_state,
        purposes.purpose = 'advertising' as is_advertising
    from profiles
    cross join purposes
    inner join customers on profiles.customer_id = customers.customer_id
    left join exports on purposes.brand_id = exports.brand_id
    inner join addresses on profiles.customer_id = addresses.customer_id
    left join consents
        on
            profiles.customer_id = consents.customer_id
            and purposes.brand_id = consents.brand_id
            and purposes.purpose = consents.purpose
),

permitted as (
    select
        customer_id,
        brand_id,
        purpose,
        case
            when has_left then 'left_membership'
            when is_advertising and consent_state = 'withdrawn' then 'consent_withdrawn'
            when unmailable_because is not null then unmailable_because
            when not is_of_own_shop then 'mall_only'
            when is_advertising and consent_state != 'granted' then 'no_consent'
            when is_advertising and coalesce(exported_on < {{ as_of() }}, true) then 'orders_incomplete'
        end as stopped_by
    from facts
)

select * from permitted
