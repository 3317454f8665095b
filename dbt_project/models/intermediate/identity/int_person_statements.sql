-- depends_on: {{ ref('int_persons_touched') }}
{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='person_key') }}

with

domains as (
    select * from {{ ref('unmailable_domains') }}
),

role_mailboxes as (
    select * from {{ ref('role_mailboxes') }}
),

told as (
    select
        person_key, {{ person_columns() | join(', ') }}, case channel when 'own' then 1 else 3 end as source_rank, known_on,
        persons != 'masked' as tells_mail, cast(null as timestamp) as described_at, cast(null as timestamp) as told_at
    from {{ ref('stg_shops__customer_statements') }}
    where known_on < {{ as_of() }} and {{ is_news('file_sha256', 'known_on') if in_increment() else 'true' }}
    {% for is_read in (news_of('file_sha256', 'known_on') if in_increment() else ['true']) -%}
    union all
    select
        person_key, {{ person_columns() | join(', ') }}, case channel when 'own' then 2 else 4 end as source_rank, known_on,
        persons != 'masked' as tells_mail, described_at, told_at
    from {{ ref('stg_shops__order_buyers') }}
    where person_key is not null and known_on < {{ as_of() }} and {{ is_read }}
    {% endfor -%} {% if in_increment() -%}
    union all
    select
        person_key, {{ person_columns() | join(', ') }}, source_rank, known_on,
        own_mail is not null as tells_mail, described_at, told_at
    from {{ this }}
    where {{ in_scope('person_key', 'int_persons_touched') }} {%- endif %}
),

statements as (
    select
        person_key, {{ person_columns() | join(', ') }}, source_rank,
        min(known_on) as known_on,
        bool_or(tells_mail) as tells_mail,
        max(described_at) as described_at,
        max_by(told_at, row(described_at, told_at)) as told_at
    from told
    group by person_key, {{ person_columns() | join(', ') }}, source_rank
),

mail_domains as (
    select distinct split_part(mail, '@', 2) as mail_domain from statements
),

shared_domains as (
    select distinct mail_domains.mail_domain
    from mail_domains
    inner join domains on {{ is_mail_in("'@' || mail_domains.mail_domain", 'domains.domain') }}
),

{{ folded_words('names', ['family_name', 'given_name'], name_fold('said')) }},

{{ folded_words('kanas', ['family_kana', 'given_kana'], kana_fold('said')) }},

folded as (
    select
        statements.* exclude (tells_mail),
        case
            when
                tells_mail and shared_domains.mail_domain is null and role_mailboxes.mailbox is null
                and {{ is_mail_address('statements.mail') }}
                then statements.mail
        end as own_mail,
        {{ folded_person() }}
    from statements
    left join shared_domains on split_part(statements.mail, '@', 2) = shared_domains.mail_domain
    left join role_mailboxes on regexp_replace(split_part(mail, '@', 1), '[+].*$', '') = role_mailboxes.mailbox
    left join names as family_names on statements.family_name = family_names.said
    left join names as given_names on statements.given_name = given_names.said
    left join kanas as family_kanas on statements.family_kana = family_kanas.said
    left join kanas as given_kanas on statements.given_kana = given_kanas.said
)

select * from folded
