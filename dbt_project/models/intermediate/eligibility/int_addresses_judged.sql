with

profiles as (
    select
        customer_id,
        mail,
        split_part(mail, '@', 2) as mail_domain,
        regexp_replace(split_part(mail, '@', 1), '[+].*$', '') as mailbox,
        {{ is_mail_address('mail') }} as is_address
    from {{ ref('int_customers_profiled') }}
    where {{ in_scope('customer_id', 'int_customers_touched', 'customer_id') }}
),

unmailable_domains as (
    select * from {{ ref('unmailable_domains') }}
    union all
    select
        domain,
        'reserved_domain' as reason
    from {{ ref('reserved_domains') }}
    where {{ is_carrier_real() }}
),

role_mailboxes as (
    select * from {{ ref('role_mailboxes') }}
),

suppressions as (
    select * from {{ ref('int_provider_suppressions_told') }}
),

mail_domains as (
    select distinct mail_domain from profiles
),

domain_reasons as (
    select
        mail_domains.mail_domain,
        unmailable_domains.reason
    from mail_domains
    inner join unmailable_domains on {{ is_mail_in("'@' || mail_domains.mail_domain", 'unmailable_domains.domain') }}
),

judged as (
    select
        customer_id,
        'no_address' as unmailable_because
    from profiles
    where not is_address
    union
    select
        customer_id,
        'refused_form' as unmailable_because
    from profiles
    where is_address and {{ has_odd_dots('mail') }}
    union
    select
        profiles.customer_id,
        domain_reasons.reason as unmailable_because
    from profiles
    inner join domain_reasons on profiles.mail_domain = domain_reasons.mail_domain
    union
    select
        profiles.customer_id,
        'role_address' as unmailable_because
    from profiles
    inner join role_mailboxes on profiles.mailbox = role_mailboxes.mailbox
    union
    select
        profiles.customer_id,
        suppressions.suppression as unmailable_because
    from profiles
    inner join suppressions on profiles.mail = suppressions.mail
)

select * from judged
