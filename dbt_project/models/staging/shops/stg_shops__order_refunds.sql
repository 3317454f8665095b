with

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
    where refunds is not null
),

feeds as (
    select * from {{ source('raw', 'feeds') }}
),

lists as (
    select
        statements.order_id,
        statements.file_sha256,
        statements.exported_at,
        statements.exported_on,
        feeds.zone,
        unnest(
            from_json(statements.refunds, '[{"id": "VARCHAR", "refunded_at": "VARCHAR", "amount": "VARCHAR"}]')
        ) as refund
    from statements
    inner join feeds on statements.feed = feeds.feed
),

listed as (
    select
        *,
        {{ code_of("refund['id']") }} as refund_number,
        refund['refunded_at'] as refunded_at,
        refund['amount'] as amount
    from lists
),

numbered as (
    select
        *,
        min(exported_on) over (partition by order_id, refund_number) as known_on,
        row_number() over (
            partition by order_id, refund_number
            order by exported_at desc, file_sha256 desc, refunded_at asc, amount asc
        ) as newness
    from listed
),

typed as (
    select
        order_id,
        split_part(order_id, ':', 1) || ':refund:' || refund_number as refund_id,
        {{ yen_of('amount') }} as refund_yen,
        {{ tokyo_day(instant_of('refunded_at', 'zone')) }} as refunded_on,
        known_on
    from numbered
    where newness = 1
)

select * from typed
