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

lowest as (
    select
        found.customer_id,
        found.brand_id,
        min(reasons.rank) filter (where reasons.stops_advertising) as advertising_rank,
        min(reasons.rank) filter (where reasons.stops_notice) as notice_rank
    from found
    inner join reasons on found.reason = reasons.reason
    group by found.customer_id, found.brand_id
),

of_brands as (
    select
        customers.customer_id,
        brands.brand_id,
        least(everywhere.advertising_rank, here.advertising_rank) as advertising_rank,
        least(everywhere.notice_rank, here.notice_rank) as notice_rank
    from customers
    cross join brands
    left join lowest as everywhere on customers.customer_id = everywhere.customer_id and everywhere.brand_id is null
    left join lowest as here on customers.customer_id = here.customer_id and brands.brand_id = here.brand_id
),

of_purposes as (
    select
        customer_id,
        brand_id,
        'advertising' as purpose,
        advertising_rank as rank
    from of_brands
    union all
    select
        customer_id,
        brand_id,
        'notice' as purpose,
        notice_rank as rank
    from of_brands
),

eligibility as (
    select
        of_purposes.customer_id,
        of_purposes.brand_id,
        of_purposes.purpose,
        of_purposes.rank is null as is_mailable,
        reasons.reason as stopped_by
    from of_purposes
    left join reasons on of_purposes.rank = reasons.rank
)

select * from eligibility
