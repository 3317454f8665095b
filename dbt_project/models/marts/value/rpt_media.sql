{%- set keys = ['attribution_model', 'attribution_mode', 'brand_id', 'medium_id', 'cohort_on'] -%}
{%- set measures = ['repeaters', 'sales_ex_tax_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen'] -%}

with

followed as (
    select * from {{ ref('int_media_cohorts_followed') }}
),

windows as (
    select
        costs.*,
        windows.window_days,
        {{ days_after('last_day(costs.cohort_on)', 'windows.window_days') }} < {{ as_of() }} as is_fully_observed
    from {{ ref('int_media_costs_summed') }} as costs
    cross join {{ ref('repeat_windows') }} as windows
    where costs.cohort_on < {{ month_of(as_of()) }}
),

paid_back as (
    select
        costs.{{ keys | join(', costs.') }},
        min(followed.age_days) as payback_day
    from {{ ref('int_media_costs_summed') }} as costs
    inner join followed using ({{ keys | join(', ') }})
    where
        followed.gross_profit_ex_tax_yen >= costs.cost_ex_tax_yen
        and {{ days_after('last_day(costs.cohort_on)', 'followed.age_days') }} < {{ as_of() }}
    group by costs.{{ keys | join(', costs.') }}
),

reached as (
    select
        {{ keys | join(', ') }},
        windows.window_days,
        windows.is_fully_observed,
        windows.cost_ex_tax_yen,
        windows.responses,
        coalesce(max(followed.customers), 0) as new_customers,
        {%- for measure in measures %}
        case when is_fully_observed then coalesce(max_by(followed.{{ measure }}, followed.age_days), 0) end as {{ measure }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from windows
    left join followed using ({{ keys | join(', ') }})
    where coalesce(followed.age_days <= windows.window_days, true)
    group by
        {{ keys | join(', ') }},
        windows.window_days, windows.is_fully_observed, windows.cost_ex_tax_yen, windows.responses
),

rated as (
    select
        {{ keys | join(', ') }},
        reached.window_days,
        reached.is_fully_observed,
        reached.cost_ex_tax_yen,
        reached.responses,
        reached.new_customers,
        round(reached.cost_ex_tax_yen / nullif(reached.responses, 0), 6) as cpr_ex_tax_yen,
        round(reached.cost_ex_tax_yen / nullif(reached.new_customers, 0), 6) as cpo_ex_tax_yen,
        {%- for measure in measures %}
        reached.{{ measure }},
        {%- endfor %}
        round(reached.repeaters / nullif(reached.new_customers, 0), 6) as f2_rate,
        round(reached.sales_ex_tax_yen / nullif(reached.new_customers, 0), 6) as ltv_sales_ex_tax_yen,
        round(reached.gross_profit_ex_tax_yen / nullif(reached.new_customers, 0), 6) as ltv_gross_profit_ex_tax_yen,
        round(reached.sales_ex_tax_yen / nullif(reached.cost_ex_tax_yen, 0), 6) as roas_sales,
        round(reached.gross_profit_ex_tax_yen / nullif(reached.cost_ex_tax_yen, 0), 6) as roas_gross_profit,
        paid_back.payback_day
    from reached
    left join paid_back using ({{ keys | join(', ') }})
)

select * from rated
