with

cuts as (
    select
        *,
        coalesce({{ days_between('first_purchased_on', 'counted_from') }}, 0) as tenure_days
    from {{ ref('int_lives_cut') }}
),

rules as (
    select * from {{ ref('int_state_rules_resolved') }}
),

pieces_in_states as (
    select
        cuts.scope,
        rules.scheme,
        rules.version,
        cuts.customer_id,
        rules.state,
        greatest(
            cuts.cut_on,
            {{ days_after('cuts.counted_from', 'rules.days_from - 1') }},
            rules.holds_from
        ) as valid_from,
        least(
            cuts.next_cut_on,
            coalesce({{ days_after('cuts.counted_from', 'rules.days_to - 1') }}, {{ open_end() }}),
            rules.holds_to
        ) as valid_to
    from cuts
    inner join rules
        on
            cuts.purchase_days >= rules.n_from
            and cuts.purchase_days < coalesce(rules.n_to, cuts.purchase_days + 1)
            and cuts.tenure_days >= rules.tenure_from
            and cuts.tenure_days < coalesce(rules.tenure_to, cuts.tenure_days + 1)
            and cuts.m_yen >= rules.m_from
            and cuts.m_yen < rules.m_to
),

known as (
    select
        *,
        lag(state) over (partition by scope, scheme, customer_id order by valid_from) as state_before
    from pieces_in_states
    where valid_from < valid_to and valid_from < {{ as_of() }}
),

entered as (
    select * from known
    where state_before is distinct from state
),

spans as (
    select
        scope,
        scheme,
        version,
        customer_id,
        state,
        valid_from,
        lead(valid_from, 1, {{ open_end() }}) over (
            partition by scope, scheme, customer_id
            order by valid_from
        ) as valid_to,
        state_before
    from entered
)

select * from spans
