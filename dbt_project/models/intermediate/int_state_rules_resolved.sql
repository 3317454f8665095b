with

rules as (
    select * from {{ ref('state_rules') }}
),

versions as (
    select
        scheme,
        max(version) as version
    from rules
    group by scheme
),

current_rules as (
    select rules.*
    from rules
    inner join versions on rules.scheme = versions.scheme and rules.version = versions.version
),

{% for axis in ['n', 'days'] %}
{{ axis }}_limits as (
    select
        scheme,
        0 as limit_at
    from current_rules
    union
    select scheme, {{ axis }}_from as limit_at from current_rules
    union
    select scheme, {{ axis }}_to as limit_at from current_rules
),

{{ axis }}_steps as (
    select
        scheme,
        limit_at as {{ axis }}_from,
        lead(limit_at) over (partition by scheme order by limit_at) as {{ axis }}_to
    from {{ axis }}_limits
    where limit_at is not null
),
{% endfor %}

cells as (
    select
        n_steps.scheme,
        n_steps.n_from,
        n_steps.n_to,
        days_steps.days_from,
        days_steps.days_to
    from n_steps
    inner join days_steps on n_steps.scheme = days_steps.scheme
),

fitted as (
    select
        cells.*,
        rules.version,
        rules.state,
        rules.label_ja,
        row_number() over (
            partition by cells.scheme, cells.n_from, cells.days_from
            order by rules.rank
        ) as fit
    from cells
    left join current_rules as rules
        on
            cells.scheme = rules.scheme
            and cells.n_from >= rules.n_from
            and coalesce(cells.n_from < rules.n_to, true)
            and cells.days_from >= rules.days_from
            and coalesce(cells.days_from < rules.days_to, true)
),

resolved as (
    select * exclude (fit) from fitted
    where fit = 1
)

select * from resolved
