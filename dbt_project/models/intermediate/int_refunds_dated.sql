with

refunds as (
    select * from {{ ref('int_refunds_told') }}
),

versions as (
    select * from {{ ref('int_order_versions_dated') }}
),

sums_without_a_day as (
    select
        *,
        greatest(refunded_yen - dated_refunds_yen, 0) as refunds_yen
    from versions
    where refunded_yen is not null
),

differences as (
    select
        order_id,
        version_file_sha256 as told_in,
        refunds_yen - lag(refunds_yen, 1, 0) over (partition by order_id order by version) as refund_yen,
        ordered_on,
        exported_on
    from sums_without_a_day
),

dated as (
    select
        refunds.order_id,
        refunds.refund_id as told_in,
        cast(refunds.refund_yen as bigint) as refund_yen,
        greatest(refunds.refunded_on, versions.ordered_on) as happened_on,
        refunds.known_on
    from refunds
    inner join versions on refunds.order_id = versions.order_id and versions.is_first
    union all
    select
        order_id,
        told_in,
        cast(refund_yen as bigint) as refund_yen,
        greatest(exported_on, ordered_on) as happened_on,
        exported_on as known_on
    from differences
)

select * from dated
where refund_yen != 0
