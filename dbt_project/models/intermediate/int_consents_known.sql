with

consents as (
    select * from {{ ref('stg_joren__consents') }}
    where channel = 'mail' and changed_on < {{ as_of() }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

matched as (
    select
        person_keys.customer_id,
        consents.*
    from consents
    inner join person_keys on consents.person_key = person_keys.person_key
    union all
    select
        profiles.customer_id,
        consents.*
    from consents
    inner join profiles on consents.mail = profiles.mail
    where consents.person_key is null
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
    from matched
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
