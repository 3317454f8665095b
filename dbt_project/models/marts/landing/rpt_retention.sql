with

feeds as (
    select * from {{ ref('stg_joren__limited_feeds') }}
),

files as (
    select * from {{ ref('stg_joren__files') }}
    where verdict = 'let_in'
),

personal_rows as (
    select * from {{ ref('stg_joren__personal_rows') }}
),

kept as (
    select
        feed,
        count(*) as files,
        cast(sum(landed) as bigint) as kept_rows,
        min(exported_on) as oldest_exported_on
    from files
    group by feed
),

proven as (
    select
        feeds.feed,
        feeds.retention_days,
        feeds.columns_mapped,
        feeds.columns_personal,
        coalesce(kept.files, 0) as files,
        coalesce(kept.kept_rows, 0) as kept_rows,
        kept.oldest_exported_on,
        coalesce(personal_rows.personal_rows, 0) as personal_rows,
        coalesce(
            {{ days_after('personal_rows.exported_on', 'feeds.retention_days') }} < {{ as_of() }}, false
        ) as is_overdue
    from feeds
    left join kept on feeds.feed = kept.feed
    left join personal_rows on feeds.feed = personal_rows.feed
)

select * from proven
