with

source as (
    select * from {{ source('raw', 'consents') }}
),

typed as (
    select
        shop_id || ':member:' || {{ filled('member_id') }} as person_key,
        {{ filled('brand_id') }} as brand_id,
        {{ normalised_mail('mail') }} as mail,
        {{ filled('channel') }} as channel,
        {{ filled('purpose') }} as purpose,
        {{ filled('state') }} as consent_state,
        {{ filled('form_version') }} as form_version,
        {{ filled('source') }} as stated_where,
        {{ utc_from_tokyo(timestamp_of('changed_at')) }} as changed_at,
        cast({{ timestamp_of('changed_at') }} as date) as changed_on
    from source
),

distinct_statements as (
    select distinct * from typed
)

select * from distinct_statements
