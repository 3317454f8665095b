with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

members as (
    select * from {{ ref('stg_shops__customers') }}
),

orders as (
    select * from {{ ref('int_orders_judged') }}
),

buyers as (
    select * from {{ ref('stg_shops__order_buyers') }}
),

descriptions as (
    select
        person_key,
        case when channel = 'own' then 1 else 3 end as source_rank,
        registered_at as described_at,
        person_key as described_in,
        has_left,
        {{ person_columns() | join(',\n        ') }}
    from members
    union all
    select
        buyers.person_key,
        case when orders.channel = 'own' then 2 else 4 end as source_rank,
        orders.ordered_at as described_at,
        orders.order_id as described_in,
        false as has_left,
        buyers.{{ person_columns() | join(',\n        buyers.') }}
    from orders
    inner join buyers
        on orders.order_id = buyers.order_id and orders.order_file_sha256 = buyers.file_sha256
),

ranked as (
    select
        person_keys.customer_id,
        descriptions.*,
        row_number() over (
            partition by person_keys.customer_id
            order by descriptions.source_rank asc, descriptions.described_at desc, descriptions.described_in asc
        ) as preference
    from descriptions
    inner join person_keys on descriptions.person_key = person_keys.person_key
),

profiled as (
    select
        customer_id,
        has_left,
        {{ person_columns() | join(',\n        ') }}
    from ranked
    where preference = 1
)

select * from profiled
