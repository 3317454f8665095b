with

files as (
    select * from {{ ref('stg_joren__files') }}
    where exported_on <= {{ as_of() }}
),

export_days as (
    select distinct
        feed,
        exported_on
    from files
),

gaps as (
    select
        feed,
        exported_on,
        exported_on - lag(exported_on) over (partition by feed order by exported_on) as gap_days,
        row_number() over (partition by feed order by exported_on desc) as newness
    from export_days
),

habits as (
    select
        feed,
        max(exported_on) as last_exported_on,
        max(gap_days) filter (where newness <= 8) as usual_gap_days
    from gaps
    group by feed
),

newest_files as (
    select
        feed,
        max_by(file_sha256, (exported_at, file_sha256)) as newest_file_sha256,
        max_by(coalesce(physical - blank, bytes), (exported_at, file_sha256)) as newest_filled
    from files
    group by feed
),

watched as (
    select
        habits.feed,
        habits.last_exported_on,
        habits.usual_gap_days,
        newest_files.newest_file_sha256,
        {{ as_of() }} - habits.last_exported_on as days_since_export,
        case
            when {{ as_of() }} - habits.last_exported_on > habits.usual_gap_days then 'silent'
            when newest_files.newest_filled = 0 then 'newest_is_empty'
        end as feed_warning
    from habits
    inner join newest_files on habits.feed = newest_files.feed
)

select * from watched
