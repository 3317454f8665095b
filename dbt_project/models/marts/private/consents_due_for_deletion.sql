with

retained as (
    select * from {{ ref('int_consents_retained') }}
),

due as (
    select
        consent_id,
        customer_id,
        person_key,
        mail,
        brand_id,
        channel,
        purpose,
        consent_state,
        changed_on,
        retain_until
    from retained
    where not is_in_force and retain_until < {{ as_of() }}
)

select * from due
