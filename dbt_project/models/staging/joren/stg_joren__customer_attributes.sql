with

source as (
    select
        *,
        {{ person_key_of('member_id', 'mail') }} as person_key,
        coalesce({{ plain_day_of('valid_from') }}, {{ open_start() }}) as valid_from_on
    from {{ source('raw', 'customer_attributes') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by person_key, {{ filled('attribute') }}, valid_from_on
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        person_key,
        {{ filled('attribute') }} as attribute,
        {{ filled('value') }} as attribute_value,
        valid_from_on as valid_from
    from numbered
    where newness = 1
),

spanned as (
    select
        *,
        lead(valid_from, 1, {{ open_end() }}) over (
            partition by person_key, attribute order by valid_from
        ) as valid_to
    from typed
)

select * from spanned
