{{ config(materialized='incremental', pre_hook="{{ forget('int_customers_touched', 'customer_id') }}") }}

with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

members as (
    select * from {{ ref('stg_shops__customers') }}
),

statements as (
    select * from {{ ref('int_person_statements') }}
    where source_rank in (2, 4)
),

descriptions as (
    select
        person_key,
        case when channel = 'own' then 1 else 3 end as source_rank,
        registered_at as described_at,
        registered_at as told_at,
        has_left,
        {{ person_columns() | join(',\n        ') }}
    from members
    where registered_on < {{ as_of() }}
    union all
    select
        person_key,
        source_rank,
        described_at,
        told_at,
        false as has_left,
        {{ person_columns() | join(',\n        ') }}
    from statements
),

ranked as (
    select
        person_keys.customer_id,
        descriptions.*,
        row_number() over (
            partition by person_keys.customer_id
            order by
                descriptions.source_rank asc, descriptions.described_at desc, descriptions.told_at desc,
                descriptions.person_key asc, {{ person_columns() | join(', ') }}
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
