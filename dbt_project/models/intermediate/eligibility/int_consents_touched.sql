with

declared as (
    select
        coalesce(person_key, mail) as stated_by,
        *
    from {{ ref('stg_joren__consents') }}
),

printed as (
    select
        person_key as stated_by,
        *
    from {{ ref('stg_shops__customer_consents') }}
),

news as (
    {% for is_new in news_of('file_sha256', 'changed_on') -%}
    select stated_by from declared
    where {{ is_new }}
    union
    {% endfor -%}
    select stated_by from printed
    where {{ is_news('file_sha256', tokyo_day('greatest(told_at, agreed_at)')) }}
),

touched as (
    select
        declared.stated_by,
        declared.person_key,
        declared.mail
    from declared
    inner join news on declared.stated_by = news.stated_by
    union
    select
        printed.stated_by,
        printed.person_key,
        printed.mail
    from printed
    inner join news on printed.stated_by = news.stated_by
)

select * from touched
