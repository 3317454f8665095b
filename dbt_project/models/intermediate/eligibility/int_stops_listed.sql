with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

erased as (
    select * from {{ ref('int_customers_erased') }}
),

{{ stops_listed(['all', 'mail'], 'stop_reason', of_brand=true) }}

select * from listed
