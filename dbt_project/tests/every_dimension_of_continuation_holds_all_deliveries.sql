{#- Whatever subscriptions are told apart by, nobody is lost or counted twice. -#}
with

counted as (
    select
        date_basis,
        grain,
        dimension,
        sum(before) as deliveries,
        sum(observed) as observed
    from {{ ref('rpt_subscription_continuation') }}
    group by date_basis, grain, dimension
),

known as (
    select
        date_basis,
        grain,
        count(*) as deliveries,
        count(*) filter (where is_observed) as observed
    from {{ ref('fct_subscription_steps') }}
    group by date_basis, grain
)

select
    counted.date_basis,
    counted.grain,
    counted.dimension
from counted
inner join known on counted.date_basis = known.date_basis and counted.grain = known.grain
where counted.deliveries != known.deliveries or counted.observed != known.observed
