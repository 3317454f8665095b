with

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

domains as (
    select * from {{ ref('unmailable_domains') }}
),

role_mailboxes as (
    select * from {{ ref('role_mailboxes') }}
),

in_unmailable_domains as (
    select
        profiles.customer_id,
        min(domains.reason) as reason -- 'no_address' goes before 'relay_address'
    from profiles
    inner join domains on {{ is_mail_in('profiles.mail', 'domains.domain') }}
    group by profiles.customer_id
),

judged as (
    select
        profiles.customer_id,
        case
            when not {{ is_mail_address('profiles.mail') }} then 'no_address'
            when in_unmailable_domains.reason is not null then in_unmailable_domains.reason
            when role_mailboxes.mailbox is not null then 'relay_address'
        end as unmailable_because
    from profiles
    left join in_unmailable_domains on profiles.customer_id = in_unmailable_domains.customer_id
    left join role_mailboxes
        on regexp_replace(split_part(profiles.mail, '@', 1), '[+].*$', '') = role_mailboxes.mailbox
)

select * from judged
