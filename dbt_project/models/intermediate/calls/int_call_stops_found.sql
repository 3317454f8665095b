{%- set called_until = days_after('last_calls.contacted_on', 'rules.call_rest_days') -%}

with

rules as (
    select * from {{ ref('call_rules') }}
),

stops as (
    select * from {{ ref('int_call_stops_listed') }}
),

refusals as (
    select * from {{ ref('int_phone_refusals_told') }}
),

contacts as (
    select
        person_keys.customer_id,
        contacts.*
    from {{ ref('stg_joren__contacts') }} as contacts
    inner join {{ ref('int_customers_clustered') }} as person_keys on contacts.person_key = person_keys.person_key
    where contacts.contacted_on <= {{ as_of() }}
),

contracts as (
    select * from {{ ref('fct_subscriptions') }}
    where is_running and customer_id is not null
),

orders as (
    select * from {{ ref('int_orders_unsettled') }}
),

last_calls as (
    select * from contacts
    where contact_medium = 'call' and direction = 'out'
    qualify row_number() over (partition by customer_id order by contacted_at desc, contact_id desc) = 1
),

found as (
    select
        customer_id,
        reason
    from stops
    union
    select
        customer_id,
        'refused' as reason
    from refusals
    union
    select
        contacts.customer_id,
        'claim' as reason
    from contacts
    inner join rules on {{ days_between('contacts.contacted_on', as_of()) }} < rules.claim_days
    where contacts.result = 'claim'
    union
    select
        last_calls.customer_id,
        'called_lately' as reason
    from last_calls
    inner join rules on coalesce(last_calls.call_again_on, {{ called_until }}) > {{ as_of() }}
    union
    select
        customer_id,
        'subscriber' as reason
    from contracts
    union
    select
        customer_id,
        reason
    from orders
)

select * from found
