with

due as (
    select * from {{ ref('int_steps_due') }}
),

eligibility as (
    select * from {{ ref('mail_eligibility') }}
),

counted as (
    select
        due.scenario,
        due.step,
        due.due_on,
        due.expires_on,
        count(*) as due,
        count(*) filter (where eligibility.is_mailable and not due.waits_for_orders) as candidates,
        count(*) filter (where eligibility.stopped_by in ('no_consent', 'consent_withdrawn')) as without_consent,
        count(*) filter (where eligibility.stopped_by not in ('no_consent', 'consent_withdrawn')) as otherwise_stopped,
        count(*) filter (where eligibility.is_mailable and due.waits_for_orders) as orders_incomplete
    from due
    inner join eligibility
        on
            due.customer_id = eligibility.customer_id
            and due.brand_id = eligibility.brand_id
            and due.purpose = eligibility.purpose
    group by due.scenario, due.step, due.due_on, due.expires_on
)

select * from counted
