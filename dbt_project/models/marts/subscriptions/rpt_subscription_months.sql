{%- set counts = ['started', 'cancelled', 'lapsed', 'went_on', 'stopped', 'waits'] -%}

with

happenings as (
    select * from {{ ref('int_subscription_happenings') }}
),

counted as (
    select
        grain, month_on,
        {% for happening in counts -%}
        count(*) filter (where happening = '{{ happening }}') as {{ happening }},
        {% endfor -%}
        cast(sum(change) as bigint) as change
    from happenings
    group by grain, month_on
),

months as (
    select
        grain,
        cast({{ months_from_to('min(month_on)', days_after(month_of(as_of()), -1)) }} as date) as month_on
    from counted
    group by grain
),

filled as (
    select
        months.grain,
        months.month_on,
        {% for count in counts -%}
        coalesce(counted.{{ count }}, 0) as {{ count }},
        {% endfor -%}
        sum(coalesce(counted.change, 0)) over (partition by months.grain order by months.month_on) as at_end
    from months
    left join counted on months.grain = counted.grain and months.month_on = counted.month_on
),

rated as (
    select
        {{ counts[:3] | join(', ') }},
        grain,
        month_on,
        cast(at_end as bigint) as at_end,
        cast(at_end - started + cancelled + lapsed as bigint) as at_begin,
        round((cancelled + lapsed) / nullif(at_end - started + cancelled + lapsed, 0), 6) as monthly_churn_rate,
        went_on + stopped as due,
        case when waits = 0 then round(stopped / nullif(went_on + stopped, 0), 6) end as due_churn_rate
    from filled
)

select * from rated
