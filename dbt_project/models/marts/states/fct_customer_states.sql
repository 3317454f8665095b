with

cuts as (
    select * from {{ ref('int_lives_cut') }}
),

rules as (
    select * from {{ ref('int_state_rules_resolved') }}
),

pieces as (
    select
        *,
        lead(cut_on, 1, {{ open_end() }}) over (partition by customer_id order by cut_on) as next_cut_on
    from cuts
),

pieces_in_states as (
    select
        rules.scheme,
        rules.version,
        pieces.customer_id,
        rules.state,
        greatest(
            pieces.cut_on,
            {{ days_after('pieces.counted_from', 'rules.days_from - 1') }}
        ) as valid_from,
        least(
            pieces.next_cut_on,
            coalesce({{ days_after('pieces.counted_from', 'rules.days_to - 1') }}, {{ open_end() }})
        ) as valid_to
    from pieces
    inner join rules
        on
            pieces.purchase_days >= rules.n_from
            and pieces.purchase_days < coalesce(rules.n_to, pieces.purchase_days + 1)
),

known as (
    select
        *,
        lag(state) over (partition by scheme, customer_id order by valid_from) as state_before
    from pieces_in_states
    where valid_from < valid_to and valid_from < {{ as_of() }}
),

entered as (
    select * from known
    where state_before is distinct from state
),

spans as (
    select
        'all' as scope,
        scheme,
        version,
        customer_id,
        state,
        valid_from,
        lead(valid_from, 1, {{ open_end() }}) over (
            partition by scheme, customer_id
            order by valid_from
        ) as valid_to
    from entered
)

select * from spans
