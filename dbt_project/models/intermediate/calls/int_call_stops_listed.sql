with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

erased as (
    select * from {{ ref('mail_eligibility') }}
    where stopped_by = 'erased'
),

{{ stops_listed(['all', 'call'], 'reason', of_brand=false) }}

select * from listed
