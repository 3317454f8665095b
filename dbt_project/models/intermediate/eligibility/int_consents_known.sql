with

known_statements as (
    select * from {{ ref('int_consents_stated') }}
    where channel = 'mail'
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
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
        changed_on,
        row_number() over (
            partition by customer_id, brand_id, purpose
            -- at the same second 'withdrawn' beats 'granted'
            order by changed_at desc, consent_state desc, consent_id asc
        ) as newness
    from statements_by_customer
),

latest as (
    select
        customer_id,
        brand_id,
        purpose,
        consent_state,
        changed_on
    from ranked
    where newness = 1
)

select * from latest
