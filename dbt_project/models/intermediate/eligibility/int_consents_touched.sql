with

news as (
    {% for is_new in news_of('file_sha256', 'changed_on') -%}
    select coalesce(person_key, mail) as stated_by from {{ ref('stg_joren__consents') }}
    where {{ is_new }}
    union
    {% endfor -%}
    select person_key as stated_by from {{ ref('stg_shops__customer_consents') }}
    where {{ is_news('file_sha256', tokyo_day('greatest(told_at, agreed_at)')) }}
),

touched as (
    select
        news.stated_by,
        declared.person_key,
        declared.mail
    from {{ ref('stg_joren__consents') }} as declared
    inner join news on coalesce(declared.person_key, declared.mail) = news.stated_by
    union
    select
        news.stated_by,
        printed.person_key,
        printed.mail
    from {{ ref('stg_shops__customer_consents') }} as printed
    inner join news on printed.person_key = news.stated_by
)

select * from touched
