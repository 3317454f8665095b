with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

addresses as (
    select * from {{ ref('int_addresses_mailed') }}
),

consents as (
    select
        customer_id,
        max(changed_on) as granted_on
    from {{ ref('int_consents_known') }}
    where consent_state = 'granted'
    group by customer_id
),

heard as (
    select
        customers.customer_id,
        greatest(
            customers.known_on, customers.registered_on, customers.last_purchased_on,
            addresses.last_clicked_on, consents.granted_on
        ) as last_heard_on
    from customers
    left join profiles on customers.customer_id = profiles.customer_id
    left join addresses on profiles.mail = addresses.mail
    left join consents on customers.customer_id = consents.customer_id
)

select * from heard
