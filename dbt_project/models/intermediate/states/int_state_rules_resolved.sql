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
        m_steps.scheme,
        {%- for axis in ['n', 'days', 'tenure'] %}
        {{ axis }}_steps.{{ axis }}_from,
        {{ axis }}_steps.{{ axis }}_to,
        {%- endfor %}
        m_steps.limit_from,
        m_steps.m_from,
        m_steps.m_to,
        m_steps.holds_from,
        m_steps.holds_to
    from n_steps
    inner join days_steps on n_steps.scheme = days_steps.scheme
    inner join tenure_steps on n_steps.scheme = tenure_steps.scheme
    inner join m_steps on n_steps.scheme = m_steps.scheme
),

fitted as (
    select
        cells.*,
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
    select * exclude (fit, limit_from) from fitted
    where fit = 1
)

select * from resolved
