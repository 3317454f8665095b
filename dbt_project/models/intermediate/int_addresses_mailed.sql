with

events as (
    select * from {{ ref('stg_sendgrid__events') }}
    where mail is not null and happened_on < {{ as_of() }}
),

deliveries as (
    select
        token,
        min(happened_at) as delivered_at
    from events
    where event = 'delivered' and token is not null
    group by token
),

clicks as (
    select
        events.mail,
        events.happened_on
    from events
    left join deliveries on events.token = deliveries.token
    where
        events.event = 'click'
        and coalesce(
            events.happened_at >= deliveries.delivered_at + interval '{{ var("scanner_seconds") }}' second, true
        )
),

-- What the ledger says of accepted mails joins here once it is exported.
signs as (
    select
        mail,
        happened_on as mailed_on,
        cast(null as date) as clicked_on
    from events
    where event in ('processed', 'delivered')
    union all
    select
        mail,
        cast(null as date) as mailed_on,
        happened_on as clicked_on
    from clicks
),

mailed as (
    select
        mail,
        max(mailed_on) as last_mailed_on,
        max(clicked_on) as last_clicked_on
    from signs
    group by mail
)

select * from mailed
