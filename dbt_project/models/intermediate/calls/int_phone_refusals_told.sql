with

statements as (
    select * from {{ ref('int_consents_stated') }}
    where channel = 'phone'
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

contacts as (
    select * from {{ ref('stg_joren__contacts') }}
    where contact_medium = 'call' and result = 'refused' and contacted_on <= {{ as_of() }}
),

of_customers as (
    select
        person_keys.customer_id,
        statements.*
    from statements
    inner join person_keys on statements.person_key = person_keys.person_key
    union all
    select
        profiles.customer_id,
        statements.*
    from statements
    inner join profiles on statements.mail = profiles.mail
    where statements.person_key is null or statements.consent_state = 'withdrawn'
),

newest as (
    select *
    from of_customers
    qualify row_number() over (
        partition by customer_id, brand_id, purpose
        order by changed_at desc, consent_state desc, consent_id asc
    ) = 1
),

refusals as (
    select customer_id
    from newest
    where consent_state = 'withdrawn'
    union
    select person_keys.customer_id
    from contacts
    inner join person_keys on contacts.person_key = person_keys.person_key
)

select * from refusals
