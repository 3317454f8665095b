{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail', tags='eligibility',
    pre_hook="{{ forget('int_customers_touched', 'customer_id') }}"
) }}

with

ranked as (
    select * from {{ ref('int_mailability_ranked') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

of_purposes as (
    select
        customer_id,
        brand_id,
        'advertising' as purpose,
        advertising_rank as lowest_rank
    from ranked
    union all
    select
        customer_id,
        brand_id,
        'notice' as purpose,
        notice_rank as lowest_rank
    from ranked
),

eligibility as (
    select
        of_purposes.customer_id,
        of_purposes.brand_id,
        of_purposes.purpose,
        of_purposes.lowest_rank is null as is_mailable,
        reasons.reason as stopped_by
    from of_purposes
    left join reasons on of_purposes.lowest_rank = reasons.rank
)

select * from eligibility
