with

eligibility as (
    select * from {{ ref('mail_eligibility') }}
    where purpose = 'advertising'
),

mail_reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

stops as (
    select * from {{ ref('int_call_stops_found') }}
),

call_reasons as (
    select * from {{ ref('call_reasons') }}
),

contacts as (
    select * from {{ ref('stg_joren__contacts') }}
    where contacted_on <= {{ as_of() }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

mails as (
    select
        eligibility.customer_id,
        {{ joined_texts(
            "eligibility.brand_id || ' ' || coalesce(mail_reasons.label_ja, '可')", '、', 'eligibility.brand_id asc'
        ) }} as may_be_mailed
    from eligibility
    left join mail_reasons on eligibility.stopped_by = mail_reasons.reason
    group by eligibility.customer_id
),

calls as (
    select
        stops.customer_id,
        {{ joined_texts('call_reasons.label_ja', '、', 'call_reasons.rank asc') }} as not_called_because
    from stops
    inner join call_reasons on stops.reason = call_reasons.reason
    group by stops.customer_id
),

last_contacts as (
    select
        person_keys.customer_id,
        contacts.contacted_on as last_contact_on,
        {{ contact_in_words('contacts') }} as last_contact,
        contacts.call_again_on
    from contacts
    inner join person_keys on contacts.person_key = person_keys.person_key
    qualify row_number() over (
        partition by person_keys.customer_id order by contacts.contacted_at desc, contacts.contact_id desc
    ) = 1
),

worded as (
    select
        mails.customer_id,
        mails.may_be_mailed,
        calls.not_called_because,
        last_contacts.last_contact_on,
        last_contacts.last_contact,
        last_contacts.call_again_on
    from mails
    left join calls on mails.customer_id = calls.customer_id
    left join last_contacts on mails.customer_id = last_contacts.customer_id
)

select * from worded
