with

source as (
    select * from {{ source('raw', 'files') }}
),

typed as (
    select
        feed,
        file_sha256,
        kind,
        file_name,
        exported_at,
        {{ tokyo_day('exported_at') }} as exported_on,
        landed_at,
        encoding,
        bytes,
        verdict,
        physical,
        landed,
        quarantined,
        blank
    from source
)

select * from typed
