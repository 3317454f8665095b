{% set told_columns = [
    'mail', 'family_name', 'given_name', 'family_kana', 'given_kana',
    'postcode', 'prefecture', 'address1', 'address2', 'phone', 'sex_id', 'birthday',
] %}

with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

members as (
    select * from {{ ref('stg_eccube__members') }}
),

orders as (
    select * from {{ ref('stg_eccube__orders') }}
    where ordered_on < {{ as_of() }}
),

told as (
    select
        person_key,
        1 as source_rank,
        registered_at as told_at,
        person_key as told_in,
        has_left,
        {{ told_columns | join(',\n        ') }}
    from members
    union all
    select
        person_key,
        2 as source_rank,
        ordered_at as told_at,
        order_id as told_in,
        false as has_left,
        {{ told_columns | join(',\n        ') }}
    from orders
),

ranked as (
    select
        person_keys.customer_id,
        told.*,
        row_number() over (
            partition by person_keys.customer_id
            order by told.source_rank asc, told.told_at desc, told.told_in asc
        ) as preference
    from told
    inner join person_keys on told.person_key = person_keys.person_key
),

profiled as (
    select
        customer_id,
        has_left,
        {{ told_columns | join(',\n        ') }}
    from ranked
    where preference = 1
)

select * from profiled
