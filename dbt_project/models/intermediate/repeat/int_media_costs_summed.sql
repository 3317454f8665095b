with

cohorts as (
    select distinct
        attribution_model,
        attribution_mode,
        brand_id,
        medium_id,
        cohort_on
    from {{ ref('int_media_cohorts_followed') }}
),

ways as (
    select distinct
        attribution_model,
        attribution_mode
    from cohorts
),

costs as (
    select
        brand_id,
        medium_id,
        {{ month_of('cost_on') }} as cohort_on,
        {{ without_tax('sum(cost_yen)', var('tax_rate')) }} as cost_ex_tax_yen
    from {{ ref('stg_joren__media_costs') }}
    where cost_on < {{ as_of() }}
    group by brand_id, medium_id, {{ month_of('cost_on') }}
),

responses as (
    select
        attribution_model,
        brand_id,
        medium_id,
        {{ month_of('ordered_on') }} as cohort_on,
        count(*) as responses
    from {{ ref('int_orders_attributed') }}
    where order_kind in ('trial', 'sample')
    group by attribution_model, brand_id, medium_id, {{ month_of('ordered_on') }}
),

places as (
    select * from cohorts
    union
    select
        ways.attribution_model,
        ways.attribution_mode,
        costs.brand_id,
        costs.medium_id,
        costs.cohort_on
    from costs
    cross join ways
),

summed as (
    select
        places.*,
        costs.cost_ex_tax_yen,
        coalesce(responses.responses, 0) as responses
    from places
    left join costs on {{ is_same(['brand_id', 'medium_id', 'cohort_on'], 'places', 'costs') }}
    left join responses
        on {{ is_same(['attribution_model', 'brand_id', 'medium_id', 'cohort_on'], 'places', 'responses') }}
)

select * from summed
