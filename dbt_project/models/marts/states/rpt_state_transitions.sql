with

moves as (
    select * from {{ ref('int_state_moves_counted') }}
),

labels as (
    select distinct
        scheme,
        state,
        label_ja
    from {{ ref('int_state_rules_stated') }}
),

targets as (
    select * from {{ ref('state_transition_targets') }}
),

measured as (
    select
        *,
        case
            when from_state != 'unknown'
                then round(customers / nullif(sum(customers) over of_the_state, 0), 6)
        end as share_of_customers,
        round(moves / nullif(sum(moves) over of_the_state, 0), 6) as share_of_moves
    from moves
    window of_the_state as (partition by scope, scheme, month_on, from_state)
),

compared as (
    select
        measured.scope,
        measured.scheme,
        measured.month_on,
        measured.from_state,
        coalesce(from_labels.label_ja, '（未登録）') as from_label_ja,
        measured.to_state,
        to_labels.label_ja as to_label_ja,
        measured.customers,
        measured.share_of_customers,
        measured.m_yen,
        measured.moves,
        measured.share_of_moves,
        targets.target_share,
        round(measured.share_of_moves - targets.target_share, 6) as difference
    from measured
    left join labels as from_labels
        on measured.scheme = from_labels.scheme and measured.from_state = from_labels.state
    inner join labels as to_labels
        on measured.scheme = to_labels.scheme and measured.to_state = to_labels.state
    left join targets
        on
            measured.scheme = targets.scheme
            and measured.from_state = targets.from_state
            and measured.to_state = targets.to_state
)

select * from compared
