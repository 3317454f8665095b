with

statements as (
    select
        *,
        row_number() over (
            partition by coalesce(person_key, mail), brand_id, channel, purpose
            order by changed_at desc, consent_state desc, consent_id asc
        ) as newness
    from {{ ref('int_consents_stated') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

addresses as (
    select * from {{ ref('int_addresses_mailed') }}
),

sole_owners as (
    select
        mail,
        min(customer_id) as customer_id
    from profiles
    where mail is not null
    group by mail
    having count(*) = 1
),

owned as (
    select
        statements.*,
        case
            when statements.person_key is null then sole_owners.customer_id else person_keys.customer_id
        end as customer_id,
        person_keys.alias_id
    from statements
    left join person_keys on statements.person_key = person_keys.person_key
    left join sole_owners on statements.mail = sole_owners.mail
),

mailed as (
    select
        owned.*,
        greatest(by_address.last_mailed_on, by_customer.last_mailed_on) as last_mailed_on
    from owned
    left join profiles on owned.customer_id = profiles.customer_id
    left join addresses as by_address on owned.mail = by_address.mail
    left join addresses as by_customer on profiles.mail = by_customer.mail
),

retained as (
    select
        consent_id,
        customer_id,
        alias_id,
        person_key,
        mail,
        brand_id,
        channel,
        purpose,
        consent_state,
        form_version,
        stated_where,
        changed_at,
        changed_on,
        last_mailed_on,
        newness = 1 and consent_state = 'granted' as is_in_force,
        {{ years_after('greatest(changed_on, last_mailed_on)', var('consent_years')) }} as retain_until
    from mailed
)

select * from retained
