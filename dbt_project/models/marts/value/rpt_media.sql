{%- set keys = ['attribution_model', 'attribution_mode', 'brand_id', 'medium_id', 'cohort_on'] -%}
{%- set facts = keys + ['window_days', 'is_fully_observed', 'cost_ex_tax_yen', 'responses'] -%}
{%- set measures = ['repeaters', 'sales_ex_tax_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen'] -%}

with

followed as (
    select * from {{ ref('int_media_cohorts_followed') }}
),

costs as (
    select * from {{ ref('int_media_costs_summed') }}
    where cohort_on < {{ month_of(as_of()) }}
),

places as (
    select
        costs.*,
        windows.window_days,
        {{ days_after('last_day(costs.cohort_on)', 'windows.window_days') }} < {{ as_of() }} as is_fully_observed
    from costs
    cross join {{ ref('repeat_windows') }} as windows
),

paid_back as (
    select
        costs.{{ keys | join(', costs.') }},
        min(followed.age_days) as payback_day
    from costs
    inner join followed on {{ is_same(keys, 'costs', 'followed') }}
    where
        followed.gross_profit_ex_tax_yen >= costs.cost_ex_tax_yen
        and {{ days_after('last_day(costs.cohort_on)', 'followed.age_days') }} < {{ as_of() }}
    group by costs.{{ keys | join(', costs.') }}
),

reached as (
    select
        places.{{ facts | join(', places.') }},
        {%- for measure in measures %}
        case
            when places.is_fully_observed then coalesce(max_by(followed.{{ measure }}, followed.age_days), 0)
        end as {{ measure }},
        {%- endfor %}
        coalesce(max(followed.customers), 0) as new_customers
    from places
    left join followed
        on {{ is_same(keys, 'places', 'followed') }} and places.window_days >= followed.age_days
    group by places.{{ facts | join(', places.') }}
),

rated as (
    select
        reached.*,
        round(reached.cost_ex_tax_yen / nullif(reached.responses, 0), 6) as cpr_ex_tax_yen,
        round(reached.cost_ex_tax_yen / nullif(reached.new_customers, 0), 6) as cpo_ex_tax_yen,
        round(reached.repeaters / nullif(reached.new_customers, 0), 6) as f2_rate,
        round(reached.sales_ex_tax_yen / nullif(reached.new_customers, 0), 6) as ltv_sales_ex_tax_yen,
        round(reached.gross_profit_ex_tax_yen / nullif(reached.new_customers, 0), 6) as ltv_gross_profit_ex_tax_yen,
        round(reached.sales_ex_tax_yen / nullif(reached.cost_ex_tax_yen, 0), 6) as roas_sales,
        round(reached.gross_profit_ex_tax_yen / nullif(reached.cost_ex_tax_yen, 0), 6) as roas_gross_profit,
        paid_back.payback_day
    from reached
    left join paid_back on {{ is_same(keys, 'reached', 'paid_back') }}
)

select * from rated
