with

due as (
    select * from {{ ref('int_steps_due') }}
),

permitted as (
    select * from {{ ref('int_mails_permitted') }}
),

counted as (
    select
        due.scenario,
        due.step,
        due.due_on,
        due.expires_on,
        count(*) as due,
        count(*) filter (where permitted.stopped_by is null) as candidates,
        count(*) filter (where permitted.stopped_by in ('no_consent', 'consent_withdrawn')) as without_consent,
        count(*) filter (where permitted.stopped_by not in ('no_consent', 'consent_withdrawn')) as otherwise_stopped
    from due
    inner join permitted
        on
            due.customer_id = permitted.customer_id
            and due.brand_id = permitted.brand_id
            and due.purpose = permitted.purpose
    group by due.scenario, due.step, due.due_on, due.expires_on
)

select * from counted
