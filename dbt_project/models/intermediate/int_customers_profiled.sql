{% set described_columns = [
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

descriptions as (
    select
        person_key,
        1 as source_rank,
        registered_at as described_at,
        person_key as described_in,
        has_left,
        {{ described_columns | join(',\n        ') }}
    from members
    union all
    select
        person_key,
        2 as source_rank,
        ordered_at as described_at,
        order_id as described_in,
        false as has_left,
        {{ described_columns | join(',\n        ') }}
    from orders
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
        {{ described_columns | join(',\n        ') }}
    from ranked
    where preference = 1
)

select * from profiled
