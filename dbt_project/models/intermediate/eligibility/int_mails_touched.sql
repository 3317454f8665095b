with

news as (
    {% for is_new in news_of('file_sha256', 'happened_on') -%}
    select
        mail,
        token
    from {{ ref('stg_sendgrid__events') }}
    where {{ is_new }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
),

touched as (
    select mail from news
    where mail is not null
    union
    -- whether a click was a scanner's is told by the delivery of the same message
    select events.mail
    from {{ ref('stg_sendgrid__events') }} as events
    inner join news on events.token = news.token
    where events.event = 'click' and events.mail is not null
)

select * from touched
