with

source as (
    select * from {{ source('raw', 'customers') }}
    where {{ filled('accepts_mail') }} is not null
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
    where coalesce(channel, 'own') = 'own'
),

told as (
    select
        source.shop_id,
        source.brand_id,
        source._feed as feed,
        source._file_sha256 as file_sha256,
        source._row_number as told_in_row,
        source._exported_at as told_at,
        feeds.zone,
        coalesce(feeds.persons, 'named') as persons,
        {{ code_of('member_id') }} as member_id,
        {{ person_cells() }},
        {{ consent_of('accepts_mail') }} as is_agreed,
        source.accepts_mail_at
    from source
    inner join feeds on source._feed = feeds.feed
),

keyed as (
    select
        {{ buyer_key_of('true') }} as person_key,
        shop_id,
        brand_id,
        mail,
        feed,
        file_sha256,
        told_in_row,
        told_at,
        is_agreed,
        {{ instant_of('accepts_mail_at', 'zone') }} as agreed_at
    from told
)

select * from keyed
where person_key is not null
