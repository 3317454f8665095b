with

source as (
    select * from {{ source('raw', 'media_costs') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by {{ filled('brand_id') }}, {{ filled('medium_id') }}, {{ plain_day_of('cost_on') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ filled('brand_id') }} as brand_id,
        {{ filled('medium_id') }} as medium_id,
        {{ filled('medium_name') }} as medium_name,
        {{ plain_day_of('cost_on') }} as cost_on,
        {{ yen_of('cost') }} as cost_yen,
        {{ count_of('shown') }} as times_shown,
        {{ count_of('clicks') }} as clicks
    from numbered
    where newness = 1
)

select * from typed
