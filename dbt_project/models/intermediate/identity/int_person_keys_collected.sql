{{ config(materialized='incremental', pre_hook="{{ forget('int_persons_touched') }}") }}

with

members as (
    select * from {{ ref('stg_shops__customers') }}
    where {{ in_scope('person_key', 'int_persons_touched') }}
),

orders as (
    select * from {{ ref('int_orders_judged') }}
    where {{ in_scope('person_key', 'int_persons_touched') }}
),

encounters as (
    select
        person_key,
        channel,
        registered_on,
        cast(null as date) as ordered_on,
        cast(null as timestamp) as ordered_at
    from members
    where registered_on < {{ as_of() }}
    union all
    select
        person_key,
        channel,
        cast(null as date) as registered_on,
        ordered_on,
        ordered_at
    from orders
    where person_key is not null
),

collected as (
    select
        person_key,
        min(registered_on) as registered_on,
        least(min(registered_on), min(ordered_on)) as known_on,
        min(ordered_at) as first_ordered_at,
        max(ordered_on) as last_ordered_on,
        bool_or(channel = 'own') as is_of_own_shop
    from encounters
    group by person_key
)

select * from collected
