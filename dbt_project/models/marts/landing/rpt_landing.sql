with

files as (
    select * from {{ ref('stg_joren__files') }}
),

landed_rows as (
    select * from {{ ref('stg_joren__landed_rows') }}
),

feeds as (
    select * from {{ ref('int_feeds_watched') }}
),

roundings as (
    select * from {{ ref('int_roundings_found') }}
),

matched as (
    select
        coalesce(files.feed, landed_rows.feed) as feed,
        coalesce(files.file_sha256, landed_rows.file_sha256) as file_sha256,
        coalesce(files.kind, landed_rows.kind) as kind,
        files.file_name,
        files.exported_at,
        files.exported_on,
        files.landed_at,
        files.encoding,
        files.bytes,
        files.verdict,
        files.physical,
        files.landed,
        files.quarantined,
        files.blank,
        coalesce(landed_rows.rows_found, 0) as rows_found
    from files
    full outer join landed_rows on files.feed = landed_rows.feed and files.file_sha256 = landed_rows.file_sha256
),

watched as (
    select
        matched.*,
        roundings.rounding,
        roundings.orders_checked,
        roundings.orders_fitting,
        coalesce(matched.file_sha256 = feeds.newest_file_sha256, false) as is_newest_of_feed,
        feeds.days_since_export,
        feeds.usual_gap_days,
        feeds.feed_warning
    from matched
    left join feeds on matched.feed = feeds.feed
    left join roundings on matched.feed = roundings.feed and matched.file_sha256 = roundings.file_sha256
)

select * from watched
