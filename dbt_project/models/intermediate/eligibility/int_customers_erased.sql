with

erasures as (
    select * from {{ ref('stg_joren__erasures') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

-- Hashed before they are joined: DuckDB would hash each address anew for each erasure.
profiles as (
    select
        customer_id,
        {{ mail_hash_of('mail') }} as mail_hash
    from {{ ref('int_customers_profiled') }}
    where
        mail is not null and (select count(*) from erasures) > 0 -- else millions would be hashed for nobody
        and {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

erased as (
    select person_keys.customer_id
    from person_keys
    inner join erasures on person_keys.alias_id = erasures.handle_hash
    where erasures.handle_kind = 'person'
    union
    select profiles.customer_id
    from profiles
    inner join erasures on profiles.mail_hash = erasures.handle_hash
    where erasures.handle_kind = 'mail'
)

select * from erased
