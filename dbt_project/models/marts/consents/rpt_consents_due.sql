with

consents as (
    select * from {{ ref('fct_consents') }}
    where not is_in_force
),

counted as (
    select
        brand_id,
        channel,
        {{ month_of('retain_until') }} as due_month_on,
        count(*) as consents,
        count(*) filter (where retain_until < {{ as_of() }}) as due
    from consents
    group by brand_id, channel, {{ month_of('retain_until') }}
)

select * from counted
