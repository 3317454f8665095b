with

customers as (
    select * from {{ ref('int_customers_ranked') }}
),

scorings as (
    select
        *,
        {{ numbers_from_to(1, 'groups - 1') }} as step
    from {{ ref('scorings') }}
    where is_in_use and tie_rule = 'plus_one'
),

positions as (
    select
        customers.scope,
        customers.customers,
        scorings.scoring,
        scorings.groups,
        scorings.step,
        {{ whole_part('(customers.customers - 1) * scorings.step', 'scorings.groups') }} + 1 as lower_place,
        least(
            {{ whole_part('(customers.customers - 1) * scorings.step', 'scorings.groups') }} + 2, customers.customers
        ) as upper_place,
        ((customers.customers - 1) * scorings.step) % scorings.groups as remainder
    from customers
    cross join scorings
    where customers.f_place = 1
),

limits as (
    {% for axis, value, place in [
        ('R', '-{}.r_value', 'positions.customers + 1 - {}'), ('F', '{}.f_value', '{}'), ('M', '{}.m_value', '{}')
    ] -%}
    select
        positions.scope,
        positions.scoring,
        positions.groups,
        '{{ axis }}' as axis,
        positions.step,
        {{ value.format('lower_one') }} * (positions.groups - positions.remainder)
        + {{ value.format('upper_one') }} * positions.remainder + positions.groups as limit_at
    from positions
    inner join customers as lower_one
        on
            positions.scope = lower_one.scope
            and {{ place.format('positions.lower_place') }} = lower_one.{{ axis | lower }}_place
    inner join customers as upper_one
        on
            positions.scope = upper_one.scope
            and {{ place.format('positions.upper_place') }} = upper_one.{{ axis | lower }}_place
    union all
    {% endfor -%}
    select distinct
        positions.scope,
        positions.scoring,
        positions.groups,
        axes.axis,
        0 as step,
        {{ lowest_yen() }} as limit_at
    from positions
    cross join (values ('R'), ('F'), ('M')) as axes (axis)
),

cut as (
    select
        scope,
        scoring,
        axis,
        case axis when 'R' then groups - step else step + 1 end as score,
        limit_at as limit_from,
        lead(limit_at, 1, {{ highest_yen() }}) over (partition by scope, scoring, axis order by step) as limit_to
    from limits
)

select * from cut
where limit_from < limit_to
