with

valued as (
    select
        *,
        case discount_is when 'with_points' then discount_yen - points_yen else discount_yen end as told_discount_yen,
        coalesce(
            {{ tokyo_day('cancelled_at') }}, case when order_state = 'returned' then last_refunded_on end
        ) as voided_by_source_on,
        min(version) filter (where is_counted) over (partition by order_id) as first_counting_version
    from {{ ref('int_order_versions_valued') }}
),

summed as (
    select
        * exclude (postage_yen, fee_yen, ordered_at),
        coalesce(told_discount_yen, lines_discount_yen) as shop_discount_yen,
        case subtotal_is
            when 'goods' then coalesce(subtotal_yen, lines_yen)
            when 'goods_less_discount' then coalesce(subtotal_yen + shop_discount_yen, lines_yen)
            else lines_yen
        end as goods_yen,
        coalesce(postage_yen, lines_postage_yen) as postage_yen,
        coalesce(fee_yen, lines_fee_yen) as fee_yen,
        min_by(ordered_at, version) filter (where ordered_at is not null) over (partition by order_id) as ordered_at
    from valued
    where version >= coalesce(first_counting_version, 1)
),

compared as (
    select
        *,
        goods_yen - shop_discount_yen as gross_yen,
        {{ tokyo_day('ordered_at') }} as ordered_on,
        lag(version) over versions is null as is_first,
        coalesce(
            order_state != lag(order_state) over versions
            or goods_yen - shop_discount_yen != lag(goods_yen - shop_discount_yen) over versions, true
        ) as is_changed
    from summed
    where ordered_at is not null
    window versions as (partition by order_id order by version)
),

told as (
    select
        *,
        case
            when is_first then ordered_on
            when is_counted then greatest(exported_on, ordered_on)
            else greatest(coalesce(voided_by_source_on, exported_on), ordered_on)
        end as told_on
    from compared
),

dated as (
    select
        *,
        max(case when is_changed then told_on end) over (partition by order_id order by version) as changed_on
    from told
),

final as (
    select
        order_id, version, version_file_sha256, order_file_sha256, line_file_sha256, exported_on, is_first, is_changed,
        ordered_at, ordered_on, order_state, is_counted,
        {{ carried_columns() | join(', ') }},
        goods_yen, shop_discount_yen, gross_yen, points_yen, postage_yen, fee_yen, refunded_yen, dated_refunds_yen,
        case when is_changed then changed_on end as happened_on,
        case when is_first then ordered_on when is_changed then least(exported_on, changed_on) else exported_on end
            as effective_on
    from dated
)

select * from final
