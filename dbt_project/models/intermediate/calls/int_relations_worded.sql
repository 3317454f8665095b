with

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

points as (
    select * from {{ ref('stg_joren__points') }}
    where coalesce(expires_on >= {{ as_of() }}, true) and stated_on <= {{ as_of() }}
),

contracts as (
    select * from {{ ref('fct_subscriptions') }}
    where is_running and customer_id is not null
),

spans as (
    select * from {{ ref('fct_customer_states') }}
    where scope = 'all' and valid_to = {{ open_end() }}
),

schemes as (
    select * from {{ ref('state_schemes') }}
),

labels as (
    select distinct
        scheme,
        state,
        label_ja
    from {{ ref('int_state_rules_stated') }}
),

standings as (
    select
        spans.customer_id,
        {{ joined_texts("schemes.label_ja || ' ' || labels.label_ja", '、', 'spans.scheme asc') }} as states
    from spans
    inner join schemes on spans.scheme = schemes.scheme
    inner join labels on spans.scheme = labels.scheme and spans.state = labels.state
    group by spans.customer_id
),

subscriptions as (
    select
        customer_id,
        {{ joined_texts(
            "concat_ws(' ', product_family, deliveries || '回', "
            ~ "case subscription_state when 'paused' then '休止中' else '継続中' end, next_due_on)",
            '、', 'subscription_id asc'
        ) }} as subscriptions
    from contracts
    group by customer_id
),

balances as (
    select
        person_keys.customer_id,
        cast(sum(points.points) as bigint) as points,
        min(points.expires_on) filter (where points.points > 0) as points_expire_on
    from points
    inner join person_keys on points.person_key = person_keys.person_key
    group by person_keys.customer_id
),

worded as (
    select
        standings.customer_id,
        standings.states,
        subscriptions.subscriptions,
        balances.points,
        balances.points_expire_on
    from standings
    left join subscriptions on standings.customer_id = subscriptions.customer_id
    left join balances on standings.customer_id = balances.customer_id
)

select * from worded
