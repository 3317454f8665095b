with

lines as (
    select * from {{ ref('stg_shops__order_lines') }}
),

roundings as (
    select * from {{ ref('int_roundings_found') }}
),

rounded as (
    select
        lines.*,
        coalesce(lines.printed_quantity, 1) as own_quantity,
        coalesce(roundings.rounding, 'round') as rounding
    from lines
    left join roundings on lines.feed = roundings.feed and lines.file_sha256 = roundings.file_sha256
),

counted as (
    select
        *,
        last_value(case when line_kind = 'product' then own_quantity end ignore nulls) over so_far as quantity_above,
        row_number() over (
            partition by file_sha256, order_id, coalesce(source_line_id, product_code) order by row_number_in_file
        ) as ordinal
    from rounded
    window so_far as (partition by file_sha256, order_id order by row_number_in_file)
),

taxed as (
    select
        * exclude (rounding),
        case when line_kind = 'option' then coalesce(quantity_above, 1) else own_quantity end as quantity,
        case rounding
            {% for rounding in ['round', 'floor', 'ceil'] -%}
            when '{{ rounding }}' then {{ taxed_yen_of(rounding) }}
            {% endfor -%}
        end as price_with_tax_yen
    from counted
),

priced as (
    select
        feed,
        file_sha256,
        order_id,
        case
            when source_line_id is not null then shop_id || ':line:' || source_line_id
            else replace(order_id, ':order:', ':line:') || ':' || coalesce(product_code, '') || ':' || ordinal
        end as line_id,
        line_kind,
        product_id,
        variant_id,
        product_code,
        product_name,
        option_value1,
        option_value2,
        case when line_kind = 'option' then 0 else quantity end as quantity,
        tax_rate,
        case
            when price_is = 'line' then cast(round(price_with_tax_yen / greatest(abs(quantity), 1)) as bigint)
            else price_with_tax_yen
        end as unit_yen,
        price_with_tax_yen * {{ pieces_in('quantity') }} as line_yen,
        line_discount_yen,
        line_postage_yen,
        shipped_on
    from taxed
)

select * from priced
