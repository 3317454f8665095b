with

customers as (
    select * from {{ ref('int_customers_ranked') }}
),

scorings as (
    select * from {{ ref('scorings') }}
    where is_in_use
),

cuts as (
    select * from {{ ref('int_scores_cut') }}
),

sized as (
    select
        customers.*,
        scorings.scoring,
        scorings.tie_rule,
        scorings.groups,
        {{ whole_part('customers.customers', 'scorings.groups') }} as size,
        customers.customers % scorings.groups as larger_groups
    from customers
    cross join scorings
),

scored as (
    select
        sized.scope,
        sized.scoring,
        sized.customer_id,
        {{ score_of('sized', 'r', 'r_cuts') }} as r_score,
        {{ score_of('sized', 'f', 'f_cuts') }} as f_score,
        {{ score_of('sized', 'm', 'm_cuts') }} as m_score
    from sized
    {% for axis in ['r', 'f', 'm'] -%}
    left join cuts as {{ axis }}_cuts
        on
            {{ axis }}_cuts.axis = '{{ axis | upper }}'
            and sized.scope = {{ axis }}_cuts.scope
            and sized.scoring = {{ axis }}_cuts.scoring
            and {{ '-' if axis == 'r' }}sized.{{ axis }}_value * sized.groups >= {{ axis }}_cuts.limit_from
            and {{ '-' if axis == 'r' }}sized.{{ axis }}_value * sized.groups < {{ axis }}_cuts.limit_to
    {% endfor -%}
)

select * from scored
