{{ config(materialized='incremental', pre_hook="{{ forget('int_customers_touched', 'customer_id') }}") }}

with

customers as (
    select
        customer_id,
        min(known_on) as known_on,
        min(registered_on) as registered_on,
        max(last_ordered_on) as last_ordered_on
    from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
    group by customer_id
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
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
            customers.known_on, customers.registered_on, customers.last_ordered_on,
            addresses.last_clicked_on, consents.granted_on
        ) as last_heard_on
    from customers
    left join profiles on customers.customer_id = profiles.customer_id
    left join addresses on profiles.mail = addresses.mail
    left join consents on customers.customer_id = consents.customer_id
)

select * from heard
