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

sizes as (
    select
        scope,
        max(customers) as customers
    from customers
    group by scope
),

positions as (
    select
        sizes.scope,
        sizes.customers,
        scorings.scoring,
        scorings.groups,
        scorings.step,
        {{ whole_part('(sizes.customers - 1) * scorings.step', 'scorings.groups') }} + 1 as lower_place,
        ((sizes.customers - 1) * scorings.step) % scorings.groups as remainder
    from sizes
    cross join scorings
),

limits as (
    {% for axis, value, place in [
        ('R', '-{}.r_value', 'customers + 1 - {}'), ('F', '{}.f_value', '{}'), ('M', '{}.m_value', '{}')
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
            and lower_one.{{ axis | lower }}_place = {{ place.format('positions.lower_place') | replace('customers +', 'positions.customers +') }}
    inner join customers as upper_one
        on
            positions.scope = upper_one.scope
            and upper_one.{{ axis | lower }}_place
            = {{ place.format('least(positions.lower_place + 1, positions.customers)') | replace('customers + 1', 'positions.customers + 1') }}
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
