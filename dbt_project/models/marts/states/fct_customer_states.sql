{%- set names = 'scheme, version, state' -%}
{%- set life = 'scope, customer_id' -%}
{%- set begins -%}
greatest(cuts.cut_on, {{ days_after('cuts.counted_from', 'rules.days_from - 1') }}, rules.holds_from)
{%- endset -%}
{%- set ends -%}
least(cuts.next_cut_on, {{ days_after('cuts.counted_from', 'rules.days_to - 1') }}, rules.holds_to)
{%- endset -%}
{%- set in_order = 'partition by life_number, scheme_number order by valid_from' -%}

with

lives as (
    select {{ life }}, row_number() over (order by {{ life }}) as life_number
    from {{ ref('int_customers_scoped') }}
),

rules as (
    select
        *,
        {{ numbers_from_to('n_from', 'coalesce(n_to - 1, max(n_from) over ())') }} as n_at,
        dense_rank() over (order by scheme) as scheme_number,
        dense_rank() over (order by scheme, state) as state_number
    from {{ ref('int_state_rules_resolved') }}
),

states as (
    select distinct {{ names }}, state_number from rules
),

cuts as (
    select
        lives.life_number,
        cuts.*,
        least(cuts.purchase_days, (select max(rules.n_at) from rules)) as n_at,
        coalesce({{ days_between('cuts.first_purchased_on', 'cuts.counted_from') }}, 0) as tenure_days
    from {{ ref('int_lives_cut') }} as cuts
    inner join lives on cuts.scope = lives.scope and cuts.customer_id = lives.customer_id
),

pieces as (
    select cuts.life_number, rules.scheme_number, rules.state_number, {{ begins }} as valid_from
    from cuts
    inner join rules
        on
            cuts.n_at = rules.n_at and cuts.m_yen >= rules.m_from and cuts.m_yen < rules.m_to
            and cuts.tenure_days >= rules.tenure_from
            and cuts.tenure_days < coalesce(rules.tenure_to, cuts.tenure_days + 1)
            and {{ begins }} < {{ ends }}
),

known as (
    select *, lag(state_number) over ({{ in_order }}) as number_before
    from pieces
    where valid_from < {{ as_of() }}
),

spans as (
    select *, lead(valid_from, 1, {{ open_end() }}) over ({{ in_order }}) as valid_to
    from known
    where number_before is distinct from state_number
),

named as (
    select
        lives.scope,
        states.scheme,
        states.version,
        lives.customer_id,
        states.state,
        spans.valid_from,
        spans.valid_to,
        states_before.state as state_before
    from spans
    inner join lives on spans.life_number = lives.life_number
    inner join states on spans.state_number = states.state_number
    left join states as states_before on spans.number_before = states_before.state_number
)

select * from named
