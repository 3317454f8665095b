{%- set standing = ['order_state', 'is_counted', 'gross_yen'] -%}

with

happenings as (
    select
        order_id,
        happened_on,
        exported_on as known_on,
        version,
        version_file_sha256 as told_in,
        {{ standing | join(', ') }},
        0 as refund_yen
    from {{ ref('int_order_versions_dated') }}
    where is_changed
    union all by name
    select * from {{ ref('int_refunds_dated') }}
),

running as (
    select
        * exclude ({{ standing | join(', ') }}),
        {% for fact in standing -%}
        last_value({{ fact }} ignore nulls) over so_far as {{ fact }},
        {% endfor -%}
        row_number() over so_far as event_number,
        cast(sum(refund_yen) over so_far as bigint) as refunds_yen
    from happenings
    window so_far as (
        partition by order_id order by happened_on asc, version asc nulls last, known_on asc, told_in asc
    )
),

measured as (
    select
        *,
        case
            when not is_counted then 0
            when refunds_yen <= 0 then gross_yen
            else greatest(least(gross_yen, 0), gross_yen - refunds_yen)
        end as m_yen
    from running
),

compared as (
    select
        *,
        lag(is_counted) over events as was_counted,
        lag(order_state) over events as state_before,
        m_yen - coalesce(lag(m_yen) over events, 0) as m_delta_yen
    from measured
    window events as (partition by order_id order by event_number)
),

named as (
    select
        order_id,
        event_number,
        case
            when version is null then 'refunded'
            when event_number = 1 then 'ordered'
            when is_counted and not was_counted then 'revived'
            when not is_counted and order_state != state_before and order_state = 'returned' then 'returned'
            when not is_counted and (was_counted or order_state != state_before) then 'cancelled'
            when order_state = state_before or m_delta_yen != 0 then 'edited'
        end as event,
        happened_on,
        known_on,
        told_in,
        order_state,
        is_counted,
        not is_counted and coalesce(was_counted, true) as is_voided_here,
        refund_yen,
        m_yen,
        m_delta_yen
    from compared
)

select * from named
