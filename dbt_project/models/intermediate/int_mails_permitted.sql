with

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

consents as (
    select * from {{ ref('int_consents_known') }}
),

statements as (
    select * from {{ ref('stg_eccube__order_statements') }}
),

asked as (
    select distinct
        brand_id,
        purpose
    from {{ ref('scenarios') }}
),

exports as (
    select max(exported_on) as exported_on from statements
),

told as (
    select
        profiles.customer_id,
        asked.brand_id,
        asked.purpose,
        profiles.has_left,
        profiles.mail,
        exports.exported_on,
        coalesce(consents.consent_state, 'never_asked') as consent_state,
        asked.purpose = 'advertising' as is_advertising
    from profiles
    cross join asked
    cross join exports
    left join consents
        on
            profiles.customer_id = consents.customer_id
            and asked.brand_id = consents.brand_id
            and asked.purpose = consents.purpose
),

permitted as (
    select
        customer_id,
        brand_id,
        purpose,
        case
            when has_left then 'left_membership'
            when is_advertising and consent_state = 'withdrawn' then 'consent_withdrawn'
            when coalesce(mail not like '%_@_%._%' or mail like '%@dummy.dummy', true) then 'no_address'
            when is_advertising and consent_state != 'granted' then 'no_consent'
            when is_advertising and exported_on < {{ as_of() }} then 'orders_incomplete'
        end as stopped_by
    from told
)

select * from permitted
