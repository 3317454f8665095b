with

steps as (
    select * from {{ ref('rpt_f2') }}
    where step = 2 and purchase_type = 'all'
),

rated as (
    select
        cohort,
        window_days,
        customers,
        repeaters,
        round(repeaters / customers, 6) as repeater_share,
        observed,
        converted,
        round(converted / nullif(observed, 0), 6) as f2_rate
    from steps
)

select * from rated
