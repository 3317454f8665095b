{{ config(tags='eligibility') }}

with

ranked as (
    select * from {{ ref('int_mailability_ranked') }}
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

counted as (
    select
        brand_id,
        first_order_channel,
        first_order_month_on,
        advertising_rank,
        notice_rank,
        count(*) as customers
    from ranked
    group by brand_id, first_order_channel, first_order_month_on, advertising_rank, notice_rank
),

of_purposes as (
    select
        *,
        'advertising' as purpose,
        advertising_rank as lowest_rank
    from counted
    union all
    select
        *,
        'notice' as purpose,
        notice_rank as lowest_rank
    from counted
),

labelled as (
    select
        of_purposes.brand_id,
        of_purposes.purpose,
        of_purposes.first_order_channel,
        of_purposes.first_order_month_on,
        coalesce(reasons.reason, 'mailable') as reason,
        coalesce(reasons.rank, 0) as reason_rank,
        coalesce(reasons.label_ja, '送信可') as reason_ja,
        cast(sum(of_purposes.customers) as bigint) as customers
    from of_purposes
    left join reasons on of_purposes.lowest_rank = reasons.rank
    group by
        of_purposes.brand_id, of_purposes.purpose, of_purposes.first_order_channel, of_purposes.first_order_month_on,
        reasons.reason, reasons.rank, reasons.label_ja
)

select * from labelled
