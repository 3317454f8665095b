with

brands as (
    select * from {{ ref('int_brands_scoped') }}
),

scoped as (
    select
        'all' as scope,
        customer_id,
        known_on
    from {{ ref('int_customers_measured') }}
    union all
    select
        brands.scope,
        person_keys.customer_id,
        min(person_keys.known_on) as known_on
    from {{ ref('int_customers_clustered') }} as person_keys
    inner join brands on split_part(person_keys.person_key, ':', 1) = brands.shop_id
    group by brands.scope, person_keys.customer_id
)

select * from scoped
