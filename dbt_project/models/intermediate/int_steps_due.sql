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

exports as (
    select * from {{ ref('int_orders_complete') }}
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
        {{ hash_of("planned.scenario || '|' || planned.step || '|' || planned.occurrence") }} as message_name,
        planned.*,
        planned.purpose = 'advertising' and coalesce(exports.exported_on < {{ as_of() }}, true) as waits_for_orders
    from planned
    left join exports on planned.brand_id = exports.brand_id
    where planned.due_on <= {{ as_of() }} and planned.expires_on > {{ as_of() }}
)

select * from due
