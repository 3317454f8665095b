with

source as (
    select * from {{ source('raw', 'erasures') }}
),

typed as (
    select
        handle_kind,
        handle_hash,
        min(erased_on) as erased_on
    from source
    group by handle_kind, handle_hash
)

select * from typed
