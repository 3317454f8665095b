with

due as (
    select * from {{ ref('int_steps_due') }}
    where not waits_for_orders
),

eligibility as (
    select * from {{ ref('mail_eligibility') }}
    where is_mailable
),

contacts as (
    select * from {{ ref('customer_contacts') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

senders as (
    select * from {{ ref('senders') }}
),

candidates as (
    select
        due.message_name,
        due.scenario,
        due.step,
        due.scenario || '/' || due.step as template,
        due.purpose,
        due.brand_id,
        due.customer_id,
        contacts.customer_aliases,
        due.occurrence,
        scenarios.priority,
        due.due_on,
        due.expires_on,
        scenarios.rest_days,
        scenarios.cap_7_days,
        scenarios.cap_30_days,
        scenarios.holdout_percent,
        scenarios.salt,
        scenarios.is_once,
        contacts.mail,
        contacts.family_name,
        contacts.given_name,
        senders.sender_mail,
        senders.sender_name,
        senders.sender_address,
        senders.refusal_url
    from due
    inner join eligibility
        on
            due.customer_id = eligibility.customer_id
            and due.brand_id = eligibility.brand_id
            and due.purpose = eligibility.purpose
    inner join contacts on due.customer_id = contacts.customer_id
    inner join scenarios on due.scenario = scenarios.scenario
    inner join senders on due.brand_id = senders.brand_id
)

select * from candidates
