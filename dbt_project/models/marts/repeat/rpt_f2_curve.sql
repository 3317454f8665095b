with

curves as (
    select * from {{ ref('int_repeat_curves_estimated') }}
    where cohort = 'all'
),

named as (
    select
        purchase_type,
        step,
        days,
        at_risk,
        bought,
        km_rate
    from curves
)

select * from named
