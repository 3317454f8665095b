with

source as (
    select
        *,
        {{ normalised_mail('mail') }} as mail_normalised,
        coalesce({{ phone_of('phone') }}, {{ filled('phone') }}) as phone_normalised,
        coalesce({{ plain_day_of('since') }}, {{ open_start() }}) as since_on
    from {{ source('raw', 'stops') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                shop_id, brand_id, {{ code_of('member_id') }}, mail_normalised, phone_normalised,
                {{ filled('scope') }}, {{ filled('reason') }}, since_on
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('member', 'member_id') }} as person_key,
        mail_normalised as mail,
        phone_normalised as phone,
        {{ filled('brand_id') }} as brand_id,
        {{ filled('scope') }} as stop_scope,
        {{ filled('reason') }} as reason,
        since_on as valid_from,
        coalesce({{ days_after(plain_day_of('until'), 1) }}, {{ open_end() }}) as valid_to,
        _file_sha256 as file_sha256
    from numbered
    where newness = 1
)

select * from typed
