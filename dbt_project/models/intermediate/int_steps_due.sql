with

anchors as (
    select * from {{ ref('int_anchors_dated') }}
),

customers as (
    select * from {{ ref('int_customers_measured') }}
),

scenarios as (
    select * from {{ ref('scenarios') }}
),

steps as (
    select * from {{ ref('scenario_steps') }}
),

planned as (
    select
        scenarios.scenario,
        steps.step,
        scenarios.purpose,
        anchors.brand_id,
        anchors.customer_id,
        anchors.occurrence,
        {{ days_after('anchors.anchored_on', 'steps.offset_days') }} as due_on,
        {{ days_after('anchors.anchored_on', 'steps.offset_days + steps.deadline_days') }} as expires_on
    from anchors
    inner join customers on anchors.customer_id = customers.customer_id
    inner join scenarios
        on
            anchors.anchor = scenarios.anchor
            and anchors.brand_id = scenarios.brand_id
            and customers.purchase_days >= scenarios.n_from
            and customers.purchase_days < coalesce(scenarios.n_to, customers.purchase_days + 1)
    inner join steps on scenarios.scenario = steps.scenario
),

due as (
    select
        {{ hash_of("scenario || '|' || step || '|' || occurrence") }} as message_name,
        *
    from planned
    where due_on <= {{ as_of() }} and expires_on > {{ as_of() }}
)

select * from due
