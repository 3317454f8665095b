with

source as (
    select * from {{ source('raw', 'postcodes') }}
),

named as (
    select
        postcode,
        prefecture,
        city
    from source
)

select * from named
