with

calls as (
    select
        call_on,
        customer_id,
        arm,
        operator_no,
        rank,
        purchase_days,
        days_since,
        last_purchased_on,
        m_yen,
        median_gap_days,
        gaps_since
    from {{ ref('int_calls_ranked') }}
)

select * from calls
