{% set told = [
    'person_key', 'mail', 'brand_id', 'channel', 'purpose', 'consent_state', 'form_version', 'stated_where', 'changed_at'
] -%}
{{ config(materialized='incremental', pre_hook="{{ forget('int_consents_touched', 'stated_by') }}") }}

with

declared as (
    select * from {{ ref('stg_joren__consents') }}
    where {{ in_scope('coalesce(person_key, mail)', 'int_consents_touched', 'stated_by') }}
),

printed as (
    select * from {{ ref('stg_shops__customer_consents') }}
    where {{ in_scope('person_key', 'int_consents_touched', 'stated_by') }}
),

who_agreed as (
    select distinct person_key from printed
    where is_agreed
),

followed as (
    select
        printed.*,
        lag(printed.is_agreed) over told as was_agreed,
        lag(printed.told_at) over told as told_before_at
    from printed
    inner join who_agreed on printed.person_key = who_agreed.person_key
    window told as (
        partition by printed.person_key, printed.brand_id
        order by printed.told_at, printed.file_sha256, printed.told_in_row
    )
),

turned as (
    select
        *,
        case when is_agreed then 'granted' else 'withdrawn' end as consent_state,
        case
            when is_agreed and (told_before_at is null or agreed_at > told_before_at)
                then coalesce(agreed_at, told_at)
            else told_at
        end as changed_at
    from followed
    where is_agreed != coalesce(was_agreed, false)
),

statements as (
    select * exclude (file_sha256) from declared
    union all by name
    select
        person_key,
        mail,
        brand_id,
        'mail' as channel,
        'advertising' as purpose,
        consent_state,
        'cart:' || feed as stated_where,
        changed_at,
        {{ tokyo_day('changed_at') }} as changed_on
    from turned
),

known as (
    select
        {{ keyed_hash(content_of(told)) }} as consent_id,
        coalesce(person_key, mail) as stated_by,
        {{ told | join(', ') }},
        changed_on
    from statements
    where changed_on < {{ as_of() }} or (changed_on = {{ as_of() }} and consent_state = 'withdrawn')
)

select * from known
