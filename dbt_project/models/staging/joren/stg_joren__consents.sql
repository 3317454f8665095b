with

source as (
    select * from {{ source('raw', 'consents') }}
),

typed as (
    select
        {{ shop_key_of('member', 'member_id') }} as person_key,
        {{ filled('brand_id') }} as brand_id,
        {{ normalised_mail('mail') }} as mail,
        {{ filled('channel') }} as channel,
        {{ filled('purpose') }} as purpose,
        {{ filled('state') }} as consent_state,
        {{ filled('form_version') }} as form_version,
        {{ filled('source') }} as stated_where,
        {{ plain_instant_of('changed_at') }} as changed_at,
        {{ plain_day_of('changed_at') }} as changed_on
    from source
),

distinct_statements as (
    select distinct * from typed
)

select * from distinct_statements
