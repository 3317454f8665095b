with

members as (
    select * from {{ ref('stg_eccube__members') }}
),

orders as (
    select * from {{ ref('stg_eccube__orders') }}
),

encounters as (
    select
        person_key,
        registered_on,
        cast(null as date) as ordered_on
    from members
    where registered_on < {{ as_of() }}
    union all
    select
        person_key,
        cast(null as date) as registered_on,
        ordered_on
    from orders
    where ordered_on < {{ as_of() }} and person_key is not null
),

collected as (
    select
        person_key,
        min(registered_on) as registered_on,
        least(min(registered_on), min(ordered_on)) as known_on
    from encounters
    group by person_key
)

select * from collected
