{%- set facts = ['customer_id', 'ordered_on', 'shipped_on', 'shop_id', 'channel', 'order_kind'] -%}
{%- set group = ['shop_id', 'channel', 'order_kind', 'customer_class'] -%}

with

corrections as (
    select
        order_id,
        happened_on,
        sales_delta_yen
    from {{ ref('fct_order_events') }}
    where event != 'ordered' and sales_delta_yen != 0
),

corrected as (
    select
        order_id,
        sum(sales_delta_yen) as sales_delta_yen
    from corrections
    group by order_id
),

movements as (
    select
        orders.{{ facts | join(', orders.') }},
        orders.ordered_on as moved_on,
        case when orders.is_valid then 1 else 0 end as orders,
        orders.sales_yen - coalesce(corrected.sales_delta_yen, 0) as moved_yen
    from {{ ref('fct_orders') }} as orders
    left join corrected on orders.order_id = corrected.order_id
    where orders.is_valid or orders.counts_sales
    union all
    select
        orders.{{ facts | join(', orders.') }},
        corrections.happened_on as moved_on,
        0 as orders,
        corrections.sales_delta_yen as moved_yen
    from corrections
    inner join {{ ref('fct_orders') }} as orders on corrections.order_id = orders.order_id
),

classed as (
    select
        movements.*,
        {{ customer_class_of('movements', 'customers') }} as customer_class
    from movements
    left join {{ ref('dim_customers') }} as customers on movements.customer_id = customers.customer_id
),

daily as (
    select
        moved_on,
        shipped_on,
        {{ group | join(', ') }},
        sum(orders) as orders,
        sum(moved_yen) as moved_yen
    from classed
    group by moved_on, shipped_on, {{ group | join(', ') }}
),

summed as (
    {% for date_basis, day in [('order', 'moved_on'), ('ship', 'greatest(moved_on, shipped_on)')] -%}
    select
        '{{ date_basis }}' as date_basis,
        {{ day }} as sold_on,
        {{ group | join(', ') }},
        cast(sum(orders) as bigint) as orders,
        cast(sum(moved_yen) as bigint) as sales_yen
    from daily
    where '{{ date_basis }}' = 'order' or shipped_on is not null
    group by {{ day }}, {{ group | join(', ') }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
)

select * from summed
