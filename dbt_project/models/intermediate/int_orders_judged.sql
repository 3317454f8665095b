with

orders as (
    select * from {{ ref('stg_eccube__orders') }}
    where ordered_on < {{ as_of() }}
),

statements as (
    select * from {{ ref('stg_eccube__order_statements') }}
),

statuses as (
    select * from {{ ref('eccube_order_statuses') }}
),

mapped_statements as (
    select
        statements.order_id,
        statements.newness,
        statements.exported_on,
        coalesce(statuses.order_state, 'unmapped') as order_state,
        coalesce(statuses.is_counted, false) as is_counted
    from statements
    left join statuses on statements.status_id = statuses.status_id
),

histories as (
    select
        order_id,
        min(exported_on) as first_seen_on,
        min_by(order_state, newness) as newest_state,
        min_by(order_state, newness) filter (where is_counted) as last_counting_state,
        min(newness) filter (where is_counted) - 1 as newness_after_the_last_count
    from mapped_statements
    group by order_id
),

first_voids_after_the_last_count as (
    select
        orders.order_id,
        greatest(voids.exported_on, orders.ordered_on) as voided_on
    from orders
    inner join histories on orders.order_id = histories.order_id
    inner join mapped_statements as voids
        on histories.order_id = voids.order_id and histories.newness_after_the_last_count = voids.newness
    where voids.exported_on < {{ as_of() }}
),

dated as (
    select
        orders.order_id,
        orders.shop_id,
        orders.brand_id,
        orders.person_key,
        orders.ordered_at,
        orders.ordered_on,
        histories.first_seen_on,
        first_voids.voided_on,
        case
            when first_voids.voided_on is null then coalesce(histories.last_counting_state, histories.newest_state)
            else histories.newest_state
        end as order_state,
        case
            when histories.last_counting_state is null then orders.ordered_on
            else coalesce(first_voids.voided_on, {{ open_end() }})
        end as counted_until
    from orders
    inner join histories on orders.order_id = histories.order_id
    left join first_voids_after_the_last_count as first_voids on orders.order_id = first_voids.order_id
),

judged as (
    select
        *,
        counted_until > ordered_on as was_ever_counted,
        counted_until = {{ open_end() }} as is_valid
    from dated
)

select * from judged
