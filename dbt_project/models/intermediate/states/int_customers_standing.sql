{{ config(materialized='view') }}

with

cuts as (
    select * from {{ ref('int_lives_cut') }}
    where next_cut_on = {{ open_end() }} and purchase_days > 0
),

standing as (
    select
        scope,
        customer_id,
        counted_from as last_purchased_on,
        {{ days_between('counted_from', as_of()) }} as days_since,
        purchase_days,
        {{ days_between('first_purchased_on', 'counted_from') }} as tenure_days,
        m_yen
    from cuts
)

select * from standing
