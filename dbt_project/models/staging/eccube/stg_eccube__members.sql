with

source as (
    select * from {{ source('raw', 'eccube_customers') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by shop_id, {{ filled('member_id') }}
            order by _exported_at desc, _file_sha256 desc, _row_number desc
        ) as newness
    from source
),

typed as (
    select
        shop_id || ':member:' || {{ filled('member_id') }} as person_key,
        shop_id,
        brand_id,
        {{ filled('member_id') }} as member_id,
        {{ normalised_mail('mail') }} as mail,
        {{ filled('family_name') }} as family_name,
        {{ filled('given_name') }} as given_name,
        {{ filled('family_kana') }} as family_kana,
        {{ filled('given_kana') }} as given_kana,
        {{ filled('postcode') }} as postcode,
        {{ filled('prefecture') }} as prefecture,
        {{ filled('address1') }} as address1,
        {{ filled('address2') }} as address2,
        {{ filled('phone') }} as phone,
        {{ filled('sex_id') }} as sex_id,
        {{ birthday_of('birthday') }} as birthday,
        {{ filled('member_status_id') }} = '3' as has_left,
        {{ utc_from_tokyo(timestamp_of('registered_at')) }} as registered_at,
        cast({{ timestamp_of('registered_at') }} as date) as registered_on
    from numbered
    where newness = 1
)

select * from typed
