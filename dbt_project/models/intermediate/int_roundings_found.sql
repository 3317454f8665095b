{%- set roundings = ['round', 'floor', 'ceil'] -%}

with

statements as (
    select * from {{ ref('stg_shops__order_statements') }}
),

goods as (
    select * from {{ ref('stg_shops__order_lines') }}
    where line_kind in ('product', 'option')
),

order_sums as (
    select
        feed,
        file_sha256,
        order_id,
        {% for rounding in roundings -%}
        sum(({{ taxed_yen_of(rounding) }}) * {{ pieces_in('coalesce(printed_quantity, 1)') }}) as {{ rounding }}_yen,
        {% endfor -%}
        bool_and(is_price_with_tax) as is_all_with_tax
    from goods
    group by feed, file_sha256, order_id
),

compared as (
    select
        order_sums.*,
        case
            when statements.subtotal_is = 'goods' then statements.subtotal_yen
            when statements.subtotal_is = 'goods_less_discount'
                then statements.subtotal_yen + coalesce(statements.discount_yen, 0)
        end as told_yen
    from order_sums
    inner join statements
        on order_sums.order_id = statements.order_id and order_sums.file_sha256 = statements.file_sha256
    where not order_sums.is_all_with_tax
),

counted as (
    select
        feed,
        file_sha256,
        {% for rounding in roundings -%}
        count(*) filter (where {{ rounding }}_yen = told_yen) as {{ rounding }}_fits,
        {% endfor -%}
        count(told_yen) as orders_checked
    from compared
    group by feed, file_sha256
),

chosen as (
    select
        feed,
        file_sha256,
        case
            when round_fits >= greatest(floor_fits, ceil_fits) then 'round'
            when floor_fits >= ceil_fits then 'floor'
            else 'ceil'
        end as rounding,
        orders_checked,
        greatest(round_fits, floor_fits, ceil_fits) as orders_fitting
    from counted
)

select * from chosen
