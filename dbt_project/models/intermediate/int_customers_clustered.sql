with

person_keys as (
    select * from {{ ref('int_person_keys_collected') }}
),

clustered as (
    select
        *,
        person_key as first_person_key
    from person_keys
),

named as (
    select
        person_key,
        registered_on,
        known_on,
        is_of_own_shop,
        {{ keyed_hash('first_person_key') }} as customer_id,
        {{ keyed_hash('person_key') }} as alias_id
    from clustered
)

select * from named
