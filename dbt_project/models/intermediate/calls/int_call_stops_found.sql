with

rules as (
    select * from {{ ref('call_rules') }}
),

stops as (
    select * from {{ ref('int_stops_listed') }}
    where stop_scope in ('all', 'call')
),

refusals as (
    select * from {{ ref('int_phone_refusals_told') }}
),

contacts as (
    select * from {{ ref('stg_joren__contacts') }}
    where contacted_on <= {{ as_of() }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

contracts as (
    select * from {{ ref('fct_subscriptions') }}
    where is_running and customer_id is not null
),

orders as (
    select * from {{ ref('int_orders_unsettled') }}
),

last_calls as (
    select
        person_keys.customer_id,
        contacts.contacted_on,
        contacts.call_again_on
    from contacts
    inner join person_keys on contacts.person_key = person_keys.person_key
    where contacts.contact_medium = 'call' and contacts.direction = 'out'
    qualify row_number() over (
        partition by person_keys.customer_id order by contacts.contacted_at desc, contacts.contact_id desc
    ) = 1
),

{% set called_until = days_after('last_calls.contacted_on', 'rules.call_rest_days') -%}

found as (
    select customer_id, stop_reason as reason from stops
    union
    select customer_id, 'refused' as reason from refusals
    union
    select person_keys.customer_id, 'claim' as reason from contacts
    inner join person_keys on contacts.person_key = person_keys.person_key
    inner join rules on {{ days_between('contacts.contacted_on', as_of()) }} < rules.claim_days
    where contacts.result = 'claim'
    union
    select last_calls.customer_id, 'called_lately' as reason from last_calls
    inner join rules on coalesce(last_calls.call_again_on, {{ called_until }}) > {{ as_of() }}
    union
    select customer_id, 'subscriber' as reason from contracts
    union
    select customer_id, reason from orders
)

select * from found
