with

known_statements as (
    select * from {{ ref('stg_joren__consents') }}
    where
        channel = 'mail'
        and (changed_on < {{ as_of() }} or (changed_on = {{ as_of() }} and consent_state = 'withdrawn'))
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

statements_by_customer as (
    select
        person_keys.customer_id,
        known_statements.*
    from known_statements
    inner join person_keys on known_statements.person_key = person_keys.person_key
    union all
    select
        profiles.customer_id,
        known_statements.*
    from known_statements
    inner join profiles on known_statements.mail = profiles.mail
    where known_statements.person_key is null or known_statements.consent_state = 'withdrawn'
),

ranked as (
    select
        customer_id,
        brand_id,
        purpose,
        consent_state,
        row_number() over (
            partition by customer_id, brand_id, purpose
            order by changed_at desc, consent_state desc -- at the same second 'withdrawn' beats 'granted'
        ) as newness
    from statements_by_customer
),

latest as (
    select
        customer_id,
        brand_id,
        purpose,
        consent_state
    from ranked
    where newness = 1
)

select * from latest
