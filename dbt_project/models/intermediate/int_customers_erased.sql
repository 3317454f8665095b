with

erasures as (
    select * from {{ ref('stg_joren__erasures') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
    where mail is not null
),

erased as (
    select person_keys.customer_id
    from person_keys
    inner join erasures on person_keys.alias_id = erasures.handle_hash
    where erasures.handle_kind = 'person'
    union
    select profiles.customer_id
    from profiles
    inner join erasures on {{ mail_hash_of('profiles.mail') }} = erasures.handle_hash
    where erasures.handle_kind = 'mail'
)

select * from erased
