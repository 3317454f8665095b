with

source as (
    select
        *,
        coalesce({{ plain_instant_of('stated_at') }}, _exported_at) as stated_at_utc
    from {{ source('raw', 'points') }}
),

numbered as (
    select
        *,
        rank() over (
            partition by {{ shop_key_of('member', 'member_id') }}
            order by _exported_at desc, _file_sha256 desc, stated_at_utc desc
        ) as statement_newness,
        row_number() over (
            partition by {{ shop_key_of('member', 'member_id') }}, {{ plain_day_of('expires_on') }}
            order by _exported_at desc, _file_sha256 desc, stated_at_utc desc, _row_number desc
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('member', 'member_id') }} as person_key,
        {{ plain_day_of('expires_on') }} as expires_on,
        {{ filled('shop_id') }} as shop_id,
        {{ filled('brand_id') }} as brand_id,
        {{ count_of('balance') }} as points,
        stated_at_utc as stated_at,
        {{ tokyo_day('stated_at_utc') }} as stated_on
    from numbered
    where statement_newness = 1 and newness = 1
)

select * from typed
