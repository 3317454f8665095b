with

rules as (
    select * from {{ ref('int_state_rules_stated') }}
),

{% for axis in ['n', 'days', 'tenure'] %}
{{ axis }}_limits as (
    select
        scheme,
        0 as limit_at
    from rules
    union
    select scheme, {{ axis }}_from as limit_at from rules
    union
    select scheme, {{ axis }}_to as limit_at from rules
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

m_steps as (
    select * from {{ ref('int_state_cuts') }}
),

cells as (
    select
        n_steps.*,
        days_steps.* exclude (scheme),
        tenure_steps.* exclude (scheme),
        m_steps.* exclude (scheme)
    from n_steps
    inner join days_steps on n_steps.scheme = days_steps.scheme
    inner join tenure_steps on n_steps.scheme = tenure_steps.scheme
    inner join m_steps on n_steps.scheme = m_steps.scheme
),

fitted as (
    select
        cells.* exclude (limit_from),
        rules.version,
        rules.state,
        rules.label_ja,
        row_number() over (
            partition by cells.scheme, cells.n_from, cells.days_from, cells.tenure_from, cells.m_from, cells.holds_from
            order by rules.rank
        ) as fit
    from cells
    left join rules
        on
            cells.scheme = rules.scheme
            {% for axis in ['n', 'days', 'tenure'] -%}
            and cells.{{ axis }}_from >= rules.{{ axis }}_from
            and coalesce(cells.{{ axis }}_from < rules.{{ axis }}_to, true)
            {% endfor -%}
            and cells.limit_from >= rules.m_from
            and coalesce(cells.limit_from < rules.m_to, true)
),

resolved as (
    select * exclude (fit) from fitted
    where fit = 1
)

select * from resolved
