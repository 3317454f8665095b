with

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

aliases as (
    select
        customer_id,
        {{ list_of('alias_id') }} as customer_aliases
    from person_keys
    group by customer_id
),

contacts as (
    select
        profiles.customer_id,
        aliases.customer_aliases,
        profiles.has_left,
        profiles.mail,
        profiles.family_name,
        profiles.given_name,
        profiles.family_kana,
        profiles.given_kana,
        profiles.postcode,
        profiles.prefecture,
        profiles.address1,
        profiles.address2,
        profiles.phone,
        profiles.birthday
    from profiles
    inner join aliases on profiles.customer_id = aliases.customer_id
)

select * from contacts
