with

source as (
    select * from {{ source('raw', 'customers') }}
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

told as (
    select
        source.*,
        feeds.zone,
        coalesce(feeds.channel, 'own') as channel,
        coalesce(feeds.persons, 'named') as persons
    from source
    inner join feeds on source._feed = feeds.feed
),

coded as (
    select
        * exclude (member_id),
        {{ code_of('member_id') }} as member_id
    from told
),

numbered as (
    select
        *,
        min(_exported_at) over (partition by shop_id, member_id, {{ guest_mail() }}) as first_told_at,
        min_by(_file_sha256, row(_exported_at, _file_sha256)) over (
            partition by shop_id, member_id, {{ guest_mail() }}
        ) as first_told_in,
        row_number() over (partition by shop_id, member_id, {{ guest_mail() }} order by {{ newest_first() }}) as newness
    from coded
),

typed as (
    select
        shop_id,
        brand_id,
        channel,
        persons,
        member_id,
        _file_sha256 as file_sha256,
        first_told_in,
        {{ person_cells() }},
        coalesce({{ filled('member_status') }} in ('3', '退会', '退会済', '退会済み'), false) as has_left,
        {{ filled('tags') }} as tags,
        coalesce({{ instant_of('registered_at', 'zone') }}, first_told_at) as registered_at
    from numbered
    where newness = 1
),

keyed as (
    select
        {{ buyer_key_of('true') }} as person_key,
        shop_id,
        brand_id,
        channel,
        member_id,
        file_sha256,
        first_told_in,
        {{ person_columns() | join(',\n        ') }},
        has_left,
        tags,
        registered_at,
        {{ tokyo_day('registered_at') }} as registered_on
    from typed
)

select * from keyed
where person_key is not null
