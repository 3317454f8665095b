with

kpis as (
    select * from {{ ref('kpis') }}
),

targets as (
    select * from {{ ref('kpi_targets') }}
),

measured as (
    select * from {{ ref('int_kpis_measured') }}
),

compared as (
    select
        coalesce(measured.metric, targets.metric) as metric,
        coalesce(measured.month_on, targets.month_on) as month_on,
        targets.target as planned,
        measured.actual
    from measured
    full outer join targets on measured.metric = targets.metric and measured.month_on = targets.month_on
),

newest as (
    select
        metric,
        max(month_on) filter (where actual is not null) as month_on
    from compared
    group by metric
),

named as (
    select
        compared.metric,
        kpis.label_ja,
        kpis.unit,
        compared.month_on,
        compared.month_on < {{ month_of(as_of()) }} as is_closed,
        coalesce(compared.month_on = newest.month_on, false) as is_newest,
        compared.planned,
        compared.actual,
        cast(compared.actual - compared.planned as decimal(18, 6)) as difference,
        round(compared.actual / nullif(compared.planned, 0), 6) as achieved_share
    from compared
    inner join kpis on compared.metric = kpis.metric
    inner join newest on compared.metric = newest.metric
)

select * from named
