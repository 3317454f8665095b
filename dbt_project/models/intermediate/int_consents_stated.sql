with

declared as (
    select * from {{ ref('stg_joren__consents') }}
),

printed as (
    select
        *,
        lag(accepts_mail) over told as accepted_before,
        lag(told_at) over told as told_before_at
    from {{ ref('stg_shops__customer_consents') }}
    window told as (partition by person_key, brand_id order by told_at, file_sha256, told_in_row)
),

turned as (
    select
        *,
        case when accepts_mail then 'granted' else 'withdrawn' end as consent_state,
        case
            when accepts_mail and (told_before_at is null or accepts_mail_at > told_before_at)
                then coalesce(accepts_mail_at, told_at)
            else told_at
        end as changed_at
    from printed
    where accepts_mail != coalesce(accepted_before, false)
),

statements as (
    select
        person_key,
        mail,
        brand_id,
        channel,
        purpose,
        consent_state,
        form_version,
        stated_where,
        changed_at,
        changed_on
    from declared
    union all
    select
        person_key,
        mail,
        brand_id,
        'mail' as channel,
        'advertising' as purpose,
        consent_state,
        cast(null as varchar) as form_version,
        'cart:' || feed as stated_where,
        changed_at,
        {{ tokyo_day('changed_at') }} as changed_on
    from turned
),

known as (
    select
        {{ keyed_hash(content_of([
            'person_key', 'mail', 'brand_id', 'channel', 'purpose', 'consent_state', 'form_version', 'stated_where', 'changed_at'
        ])) }} as consent_id,
        *
    from statements
    where changed_on < {{ as_of() }} or (changed_on = {{ as_of() }} and consent_state = 'withdrawn')
)

select * from known
