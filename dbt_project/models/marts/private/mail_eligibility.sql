with

customers as (
    select customer_id from {{ ref('int_customers_profiled') }}
),

found as (
    select * from {{ ref('int_mail_stops_found') }}
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

brands as (
    select * from {{ ref('senders') }}
),

purposes as (
    select 'advertising' as purpose
    union all
    select 'notice' as purpose
),

ranks as (
    select
        customers.customer_id,
        brands.brand_id,
        cast(null as integer) as advertising_rank,
        cast(null as integer) as notice_rank
    from customers
    cross join brands
    union all
    select
        found.customer_id,
        brands.brand_id,
        case when reasons.stops_advertising then reasons.rank end as advertising_rank,
        case when reasons.stops_notice then reasons.rank end as notice_rank
    from found
    inner join reasons on found.reason = reasons.reason
    inner join brands on coalesce(found.brand_id, brands.brand_id) = brands.brand_id
),

lowest as (
    select
        customer_id,
        brand_id,
        min(advertising_rank) as advertising_rank,
        min(notice_rank) as notice_rank
    from ranks
    group by customer_id, brand_id
),

of_purposes as (
    select
        lowest.customer_id,
        lowest.brand_id,
        purposes.purpose,
        case purposes.purpose when 'notice' then lowest.notice_rank else lowest.advertising_rank end as lowest_rank
    from lowest
    cross join purposes
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
