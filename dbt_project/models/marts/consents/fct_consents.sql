with

retained as (
    select * from {{ ref('int_consents_retained') }}
),

consents as (
    select
        consent_id,
        customer_id,
        alias_id,
        brand_id,
        channel,
        purpose,
        consent_state,
        form_version,
        stated_where,
        changed_at,
        changed_on,
        last_mailed_on,
        is_in_force,
        retain_until
    from retained
)

select * from consents
