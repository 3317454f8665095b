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

unmailable_domains as (
    select * from {{ ref('unmailable_domains') }}
),

purposes as (
    select distinct
        brand_id,
        purpose
    from {{ ref('scenarios') }}
),

newest_export as (
    select max(exported_on) as exported_on from statements
),

unmailable_customers as (
    select
        profiles.customer_id,
        min(unmailable_domains.reason) as reason -- 'no_address' goes before 'relay_address'
    from profiles
    inner join unmailable_domains on {{ is_mail_in('profiles.mail', 'unmailable_domains.domain') }}
    group by profiles.customer_id
),

facts as (
    select
        profiles.customer_id,
        purposes.brand_id,
        purposes.purpose,
        profiles.has_left,
        newest_export.exported_on,
        {{ is_mail_address('profiles.mail') }} as has_address,
        unmailable_customers.reason as unmailable_reason,
        coalesce(consents.consent_state, 'never_asked') as consent_state,
        purposes.purpose = 'advertising' as is_advertising
    from profiles
    cross join purposes
    cross join newest_export
    left join unmailable_customers on profiles.customer_id = unmailable_customers.customer_id
    left join consents
        on
            profiles.customer_id = consents.customer_id
            and purposes.brand_id = consents.brand_id
            and purposes.purpose = consents.purpose
),

permitted as (
    select
        customer_id,
        brand_id,
        purpose,
        case
            when has_left then 'left_membership'
            when is_advertising and consent_state = 'withdrawn' then 'consent_withdrawn'
            when not has_address then 'no_address'
            when unmailable_reason is not null then unmailable_reason
            when is_advertising and consent_state != 'granted' then 'no_consent'
            when is_advertising and exported_on < {{ as_of() }} then 'orders_incomplete'
        end as stopped_by
    from facts
)

select * from permitted
