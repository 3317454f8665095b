with

source as (
    select * from {{ source('raw', 'feeds') }}
),

limited as (
    select
        feed,
        retention_days,
        columns_mapped,
        columns_personal
    from source
    where retention_days is not null
)

select * from limited
