with

source as (
    select * from {{ source('raw', 'orders') }}
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
    where tells_orders
),

unmailable_domains as (
    select * from {{ ref('unmailable_domains') }}
),

order_rows as (
    select
        source.*,
        statements.order_id as order_key,
        statements.channel as shop_channel,
        coalesce(statements.ordered_at, source._exported_at) as described_at,
        coalesce(feeds.persons, 'named') as persons
    from source
    inner join statements
        on
            source._feed = statements.feed
            and source._file_sha256 = statements.file_sha256
            and source._row_number = statements.order_row_number
    inner join feeds on source._feed = feeds.feed
),

typed as (
    select
        order_key as order_id,
        _file_sha256 as file_sha256,
        shop_channel as channel,
        described_at,
        _exported_at as told_at,
        {{ filled('shop_id') }} as shop_id,
        persons,
        {{ code_of('member_id') }} as member_id,
        {{ filled('memo') }} as memo,
        {{ person_cells() }}
    from order_rows
),

mail_domains as (
    select distinct split_part(mail, '@', 2) as mail_domain from typed
),

masks as (
    select distinct mail_domains.mail_domain
    from mail_domains
    inner join unmailable_domains on {{ is_mail_in("'@' || mail_domains.mail_domain", 'unmailable_domains.domain') }}
),

unmasked as (
    select
        typed.*,
        masks.mail_domain is null as is_own_mail
    from typed
    left join masks on split_part(typed.mail, '@', 2) = masks.mail_domain
),

keyed as (
    select
        order_id, file_sha256, channel, persons, member_id, memo, described_at, told_at,
        {{ tokyo_day('described_at') }} as known_on,
        {{ person_columns() | join(',\n        ') }},
        {{ buyer_key_of('is_own_mail') }} as person_key
    from unmasked
)

select * from keyed
