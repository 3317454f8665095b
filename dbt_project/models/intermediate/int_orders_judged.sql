with

orders as (
    select * from {{ ref('stg_eccube__orders') }}
),

statements as (
    select * from {{ ref('stg_eccube__order_statements') }}
),

statuses as (
    select * from {{ ref('eccube_order_statuses') }}
),

stated as (
    select
        statements.order_id,
        statements.newness,
        statements.exported_on,
        coalesce(statuses.order_state, 'unmapped') as order_state,
        coalesce(statuses.is_counted, false) as is_counted
    from statements
    left join statuses on statements.status_id = statuses.status_id
),

remembered as (
    select
        order_id,
        min(exported_on) as first_seen_on,
        min(newness) filter (where is_counted) as counted_newness
    from stated
    group by order_id
),

placed as (
    select
        orders.order_id,
        orders.shop_id,
        orders.brand_id,
        orders.person_key,
        orders.ordered_at,
        orders.ordered_on,
        remembered.first_seen_on,
        remembered.counted_newness,
        case
            when voiding.exported_on < {{ as_of() }} then greatest(voiding.exported_on, orders.ordered_on)
        end as voided_on
    from orders
    inner join remembered on orders.order_id = remembered.order_id
    left join stated as voiding
        on remembered.order_id = voiding.order_id and remembered.counted_newness - 1 = voiding.newness
    where orders.ordered_on < {{ as_of() }}
),

judged as (
    select
        placed.order_id,
        placed.shop_id,
        placed.brand_id,
        placed.person_key,
        placed.ordered_at,
        placed.ordered_on,
        placed.first_seen_on,
        placed.voided_on,
        stated.order_state,
        case
            when placed.counted_newness is null then placed.ordered_on
            else coalesce(placed.voided_on, {{ open_end() }})
        end as counted_until
    from placed
    inner join stated
        on
            placed.order_id = stated.order_id
            and stated.newness = case when placed.voided_on is null then coalesce(placed.counted_newness, 1) else 1 end
)

select * from judged
