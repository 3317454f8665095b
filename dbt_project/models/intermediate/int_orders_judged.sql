with

versions as (
    select * from {{ ref('int_order_versions_dated') }}
    where effective_on < {{ as_of() }}
),

events as (
    select * from {{ ref('int_order_events_dated') }}
    where happened_on < {{ as_of() }}
),

buyers as (
    select * from {{ ref('stg_shops__order_buyers') }}
),

first_exports as (
    select
        order_id,
        min(exported_on) as first_seen_on
    from {{ ref('stg_shops__order_statements') }}
    where tells_orders
    group by order_id
),

newest as (
    select * from versions
    qualify row_number() over (partition by order_id order by version desc) = 1
),

histories as (
    select
        order_id,
        max_by(order_state, event_number) as order_state,
        max_by(is_counted, event_number) as is_counted,
        bool_or(is_counted) as was_counted,
        max(happened_on) filter (where is_voided_here) as last_voided_on,
        cast(sum(m_delta_yen) as bigint) as m_yen,
        cast(sum(refund_yen) as bigint) as refunded_yen
    from events
    group by order_id
),

dated as (
    select
        newest.order_id, newest.version, newest.order_file_sha256, newest.line_file_sha256,
        newest.{{ carried_columns() | join(', newest.') }},
        newest.ordered_at, newest.ordered_on,
        newest.goods_yen, newest.shop_discount_yen, newest.gross_yen,
        newest.points_yen, newest.postage_yen, newest.fee_yen,
        buyers.person_key,
        first_exports.first_seen_on,
        histories.order_state,
        histories.is_counted as is_in_force,
        histories.m_yen,
        histories.refunded_yen,
        case when histories.was_counted and not histories.is_counted then histories.last_voided_on end as voided_on
    from newest
    inner join histories on newest.order_id = histories.order_id
    inner join first_exports on newest.order_id = first_exports.order_id
    left join buyers
        on newest.order_id = buyers.order_id and newest.order_file_sha256 = buyers.file_sha256
),

judged as (
    select
        *,
        case when is_in_force then {{ open_end() }} else coalesce(voided_on, ordered_on) end as counted_until
    from dated
)

select * from judged
