{{ config(materialized='incremental', pre_hook="{{ forget('int_mails_touched', 'mail') }}") }}

with

events as (
    select * from {{ ref('stg_sendgrid__events') }}
    where mail is not null and happened_on < {{ as_of() }}
),

told as (
    select * from events
    where {{ in_scope('mail', 'int_mails_touched', 'mail') }}
),

clicks as (
    select * from told
    where event = 'click'
),

deliveries as (
    select
        token,
        min(happened_at) as delivered_at
    from events
    where event = 'delivered' and token in (select clicks.token from clicks)
    group by token
),

believed as (
    select
        clicks.mail,
        clicks.happened_on
    from clicks
    left join deliveries on clicks.token = deliveries.token
    where
        coalesce(clicks.happened_at >= deliveries.delivered_at + interval '{{ var("scanner_seconds") }}' second, true)
),

-- What the ledger says of accepted mails joins here once it is exported.
signs as (
    select
        mail,
        happened_on as mailed_on,
        cast(null as date) as clicked_on
    from told
    where event in ('processed', 'delivered')
    union all
    select
        mail,
        cast(null as date) as mailed_on,
        happened_on as clicked_on
    from believed
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
