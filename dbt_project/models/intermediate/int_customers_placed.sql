with

customers as (
    select * from {{ ref('int_customers_profiled') }}
),

postcodes as (
    select * from {{ ref('stg_japan_post__postcodes') }}
),

compared as (
    select
        customers.customer_id,
        customers.prefecture as prefecture_told,
        postcodes.prefecture as prefecture_of_postcode,
        case when customers.postcode is not null then postcodes.postcode is not null end as is_known_postcode,
        coalesce(position(postcodes.city in customers.address1) > 0, false) as is_city_of_postcode
    from customers
    left join postcodes on customers.postcode = postcodes.postcode
),

placed as (
    select
        customer_id,
        is_known_postcode,
        case
            when prefecture_told is null or is_city_of_postcode then coalesce(prefecture_of_postcode, prefecture_told)
            else prefecture_told
        end as prefecture,
        prefecture_told != prefecture_of_postcode as has_other_prefecture
    from compared
)

select * from placed
