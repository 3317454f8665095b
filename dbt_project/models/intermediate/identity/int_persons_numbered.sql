with

person_keys as (
    select * from {{ ref('int_person_keys_collected') }}
    where {{ in_scope('person_key', 'int_persons_regrouped') }}
),

numbered as (
    select
        person_key,
        registered_on,
        known_on,
        first_ordered_at,
        last_ordered_on,
        is_of_own_shop,
        row_number() over (order by {{ first_key_order() }}) as person_number
    from person_keys
)

select * from numbered
