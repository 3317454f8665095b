{{ config(materialized='incremental', pre_hook="{{ forget('int_mails_touched', 'mail') }}") }}

with

events as (
    select
        *,
        lower(reason) as told_reason
    from {{ ref('stg_sendgrid__events') }}
    where mail is not null and happened_on <= {{ as_of() }} and {{ in_scope('mail', 'int_mails_touched', 'mail') }}
),

carrier_domains as (
    select * from {{ ref('carrier_domains') }}
),

refusals as (
    select
        mail,
        coalesce(group_id, '') as group_id,
        happened_at,
        happened_on,
        case
            when event = 'spamreport' or (event = 'dropped' and told_reason like '%spam report%') then 'complaint'
            when event = 'group_unsubscribe' then 'provider_group_suppressed'
            when event = 'dropped' and told_reason like '%unsubscribed%' and group_id is not null
                then 'provider_group_suppressed'
            when event = 'unsubscribe' then 'provider_suppressed'
            when event = 'dropped' and (told_reason like '%unsubscribed%' or told_reason like '%bounced%')
                then 'provider_suppressed'
            when event = 'dropped' and told_reason like 'invalid%' and told_reason not like '%smtpapi%'
                then 'provider_suppressed'
            when event = 'bounce' and coalesce(bounce_type, 'bounce') != 'blocked' then 'hard_bounce'
        end as suppression
    from events
),

resubscriptions as (
    select
        mail,
        coalesce(group_id, '') as group_id,
        max(happened_at) as resubscribed_at
    from events
    where event = 'group_resubscribe' and happened_on < {{ as_of() }}
    group by mail, coalesce(group_id, '')
),

standing as (
    select
        refusals.mail,
        refusals.suppression,
        min(refusals.happened_on) as first_on,
        max(refusals.happened_on) as last_on
    from refusals
    left join resubscriptions
        on refusals.mail = resubscriptions.mail and refusals.group_id = resubscriptions.group_id
    where
        refusals.suppression is not null
        and (
            refusals.suppression != 'provider_group_suppressed'
            or coalesce(refusals.happened_at >= resubscriptions.resubscribed_at, true)
        )
    group by refusals.mail, refusals.suppression
),

at_carriers as (
    select distinct standing.mail
    from standing
    inner join carrier_domains on {{ is_mail_in('standing.mail', 'carrier_domains.domain') }}
),

believed as (
    select * from standing
    where
        suppression != 'hard_bounce'
        or mail not in (select at_carriers.mail from at_carriers)
        or last_on >= {{ days_after('first_on', var('strike_days')) }}
)

select * from believed
