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
        {{ plain_day_of('changed_at') }} as changed_on,
        _exported_at,
        _file_sha256
    from source
),

distinct_statements as (
    select
        * exclude (_exported_at, _file_sha256),
        min_by(_file_sha256, row(_exported_at, _file_sha256)) as file_sha256
    from typed
    group by all
)

select * from distinct_statements
