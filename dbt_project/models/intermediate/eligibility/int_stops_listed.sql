with

stops as (
    select
        *,
        case reason when 'left' then 'left_membership' else reason end as stop_reason
    from {{ ref('stg_joren__stops') }}
    where
        stop_scope in ('all', 'mail')
        and valid_from <= {{ as_of() }}
        and valid_to > {{ as_of() }}
),

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

listed as (
    select
        person_keys.customer_id,
        stops.brand_id,
        stops.stop_reason
    from stops
    inner join person_keys on stops.person_key = person_keys.person_key
    union
    select
        profiles.customer_id,
        stops.brand_id,
        stops.stop_reason
    from stops
    inner join profiles on stops.mail = profiles.mail
    union
    select
        profiles.customer_id,
        stops.brand_id,
        stops.stop_reason
    from stops
    inner join profiles on stops.phone = profiles.phone
    where stops.person_key is null and stops.mail is null
    union
    select
        customer_id,
        cast(null as varchar) as brand_id,
        'left_membership' as stop_reason
    from profiles
    where has_left
    union
    select
        customer_id,
        cast(null as varchar) as brand_id,
        'erased' as stop_reason
    from erased
)

select * from listed
