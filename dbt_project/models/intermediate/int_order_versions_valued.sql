with

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
),

states as (
    select * from {{ ref('stg_shops__order_states') }}
),

line_sums as (
    select
        order_id,
        file_sha256,
        {% for kind in ['product', 'option', 'postage', 'fee', 'discount', 'points'] -%}
        cast(coalesce(sum(line_yen) filter (where line_kind = '{{ kind }}'), 0) as bigint) as {{ kind }}_yen,
        {% endfor -%}
        cast(sum(line_discount_yen) as bigint) as line_discount_yen,
        cast(sum(line_postage_yen) as bigint) as line_postage_yen
    from {{ ref('int_order_lines_priced') }}
    group by order_id, file_sha256
),

versions as (
    select
        order_id,
        {% for part in ['order', 'line'] -%}
        coalesce(
            last_value(case when tells_{{ part }}s then file_sha256 end ignore nulls) over up_to_now,
            last_value(case when tells_{{ part }}s then file_sha256 end ignore nulls) over from_now_on
        ) as {{ part }}_file_sha256,
        {% endfor -%}
        file_sha256 as version_file_sha256,
        exported_on,
        row_number() over up_to_now as version
    from statements
    window
        up_to_now as (partition by order_id order by exported_at, file_sha256),
        from_now_on as (partition by order_id order by exported_at desc, file_sha256 desc)
),

refunds_by_then as (
    select
        versions.order_id,
        versions.version,
        max(refunds.refunded_on) as last_refunded_on,
        cast(sum(refunds.refund_yen) as bigint) as dated_refunds_yen
    from versions
    inner join {{ ref('int_refunds_told') }} as refunds
        on versions.order_id = refunds.order_id and versions.exported_on >= refunds.refunded_on
    group by versions.order_id, versions.version
),

joined as (
    select
        versions.*,
        statements.{{ carried_columns() | join(',\n        statements.') }},
        statements.{{ valued_columns() | join(',\n        statements.') }},
        states.order_state,
        states.is_counted,
        refunds_by_then.last_refunded_on,
        coalesce(refunds_by_then.dated_refunds_yen, 0) as dated_refunds_yen,
        coalesce(line_sums.product_yen + line_sums.option_yen, 0) as lines_yen,
        coalesce(line_sums.line_discount_yen - line_sums.discount_yen, 0) as lines_discount_yen,
        coalesce(line_sums.postage_yen + line_sums.line_postage_yen, 0) as lines_postage_yen,
        coalesce(line_sums.fee_yen, 0) as lines_fee_yen,
        coalesce(statements.points_used_yen, -line_sums.points_yen, 0) as points_yen
    from versions
    inner join statements
        on versions.order_id = statements.order_id and versions.order_file_sha256 = statements.file_sha256
    inner join states on {{ is_same(state_columns(), 'statements', 'states') }}
    left join refunds_by_then
        on versions.order_id = refunds_by_then.order_id and versions.version = refunds_by_then.version
    left join line_sums
        on versions.order_id = line_sums.order_id and versions.line_file_sha256 = line_sums.file_sha256
)

select * from joined
