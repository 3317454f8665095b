with

scopes as (
    select 'all' as scope
    union
    select scope from {{ ref('int_brands_scoped') }}
),

layers as (
    select
        layer,
        label_ja,
        min(rank) as rank
    from {{ ref('dormant_layers') }}
    group by layer, label_ja
),

actions as (
    select * from {{ ref('dormant_actions') }}
),

counted as (
    select
        scope,
        layer,
        days_from,
        count(*) as customers,
        sum(m_yen) as m_yen,
        sum(purchase_days) as purchase_days
    from {{ ref('int_dormant_layered') }}
    group by scope, layer, days_from
),

filled as (
    select
        scopes.scope,
        layers.layer,
        layers.label_ja,
        layers.rank as layer_rank,
        actions.days_from,
        actions.days_to,
        actions.action,
        actions.action_ja,
        coalesce(counted.customers, 0) as customers,
        cast(coalesce(counted.m_yen, 0) as bigint) as m_yen,
        cast(coalesce(counted.purchase_days, 0) as bigint) as purchase_days
    from scopes
    cross join layers
    inner join actions on layers.layer = actions.layer
    left join counted
        on
            scopes.scope = counted.scope
            and actions.layer = counted.layer
            and actions.days_from = counted.days_from
)

select * from filled
