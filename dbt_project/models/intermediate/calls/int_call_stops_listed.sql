with

stops as (
    select
        person_key,
        mail,
        phone,
        case reason when 'left' then 'left_membership' else reason end as reason
    from {{ ref('stg_joren__stops') }}
    where
        stop_scope in ('all', 'call')
        and valid_from <= {{ as_of() }}
        and valid_to > {{ as_of() }}
),

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

listed as (
    select
        person_keys.customer_id,
        stops.reason
    from stops
    inner join person_keys on stops.person_key = person_keys.person_key
    union
    select
        profiles.customer_id,
        stops.reason
    from stops
    inner join profiles on stops.mail = profiles.mail
    union
    select
        profiles.customer_id,
        stops.reason
    from stops
    inner join profiles on stops.phone = profiles.phone
    where stops.person_key is null and stops.mail is null
    union
    select
        customer_id,
        'left_membership' as reason
    from profiles
    where has_left
    union
    select
        customer_id,
        'erased' as reason
    from erased
)

select * from listed
