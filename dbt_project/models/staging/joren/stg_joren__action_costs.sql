with

source as (
    select * from {{ source('raw', 'action_costs') }}
),

numbered as (
    select
        *,
        coalesce({{ plain_day_of('valid_from') }}, {{ open_start() }}) as valid_from_on,
        row_number() over (
            partition by {{ filled('brand_id') }}, {{ filled('action') }}, {{ plain_day_of('valid_from') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ filled('brand_id') }} as brand_id,
        {{ filled('action') }} as action,
        {{ exact_yen_of('unit_cost') }} as unit_cost,
        coalesce({{ yen_of('fixed_cost') }}, 0) as fixed_cost_yen,
        valid_from_on as valid_from
    from numbered
    where newness = 1
),

spanned as (
    select
        *,
        lead(valid_from, 1, {{ open_end() }}) over (partition by brand_id, action order by valid_from) as valid_to
    from typed
)

select * from spanned
