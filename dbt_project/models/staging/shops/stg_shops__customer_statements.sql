{% set cells = [
    'mail', 'full_name', 'family_name', 'given_name', 'full_kana', 'family_kana', 'given_kana', 'postcode', 'prefecture',
    'city', 'address1', 'address2', 'phone', 'sex', 'birthday', 'registered_at',
] -%}

with

source as (
    select * from {{ source('raw', 'customers') }}
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

told as (
    select
        _feed,
        shop_id,
        {{ code_of('member_id') }} as member_id,
        {{ cells | join(',\n        ') }},
        min(_exported_at) as told_at,
        min_by(_file_sha256, row(_exported_at, _file_sha256)) as file_sha256
    from source
    group by all
),

typed as (
    select
        told.shop_id,
        coalesce(feeds.channel, 'own') as channel,
        coalesce(feeds.persons, 'named') as persons,
        told.member_id,
        told.file_sha256,
        {{ tokyo_day('coalesce(' ~ instant_of('registered_at', 'zone') ~ ', told_at)') }} as known_on,
        {{ person_cells() }}
    from told
    inner join feeds on told._feed = feeds.feed
),

keyed as (
    select
        {{ buyer_key_of('true') }} as person_key,
        channel,
        persons,
        file_sha256,
        known_on,
        {{ person_columns() | join(',\n        ') }}
    from typed
)

select * from keyed
where person_key is not null
