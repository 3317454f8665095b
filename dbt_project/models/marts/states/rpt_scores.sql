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
        {% for axis in ['r', 'f', 'm'] -%}
        cast(case sized.tie_rule
            when 'average_rank'
                then ceil(sized.groups * (2 * sized.{{ axis }}_rank + sized.{{ axis }}_ties - 1) / (2 * sized.customers))
            when 'ntile'
                then case
                    when sized.{{ axis }}_place <= sized.larger_groups * (sized.size + 1)
                        then ceil(sized.{{ axis }}_place / (sized.size + 1))
                    else sized.larger_groups + ceil(
                        (sized.{{ axis }}_place - sized.larger_groups * (sized.size + 1)) / nullif(sized.size, 0)
                    )
                end
            else {{ axis }}_cuts.score
        end as integer) as {{ axis }}_score{{ ',' if not loop.last }}
        {% endfor %}
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
